import ArgumentParser
import Configuration
internal import Planning
import Reporting
import SystemPackage

/// `hooks schema`
struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of hooks.toml, for editors.")

    func run() throws {
        let writer = ByteWriter(.standardOutput)
        writer.write(JobCatalogue.known.schema.indented + "\n")
        writer.flush()
    }
}
