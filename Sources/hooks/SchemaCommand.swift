import ArgumentParser
import Configuration
internal import Planning
import Reporting
import SystemPackage

/// `hooks schema`
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of hooks.toml, for editors.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let schema = Printout(JobCatalogue.known.schema.indented + "\n")
            context.renderer.handle(.answer(schema))
            return .fine
        }
    }
}
