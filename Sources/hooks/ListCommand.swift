import ArgumentParser
import Git
internal import Pages
internal import Planning
import Reporting
import Staging
import SystemPackage

/// `hooks list`
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Show the jobs of each git hook, and every check and tool there is.")

    @Flag(help: "Print the names that `hooks run` takes, one a line.")
    var names = false

    @Option(
        help: ArgumentHelp("Print a page of the docs: checks or tools.", valueName: "page"))
    var markdown: Page?

    @OptionGroup var options: Options

    func run() throws {
        if let markdown {
            let writer = ByteWriter(.standardOutput)
            writer.write(markdown.markdown)
            writer.flush()
            return
        }
        try options.run { context in
            // Outside of a repository there are only the catalogue and the defaults.
            let repository = try? Repository(at: context.folder)
            let catalogue = try repository.map { try ConfigurationFile.load($0, for: .worktree) }
            let listing = try (catalogue ?? JobCatalogue(nil, file: "hooks.toml")).listing()
            let writer = ByteWriter(.standardOutput)
            if names {
                writer.write(listing.names.map { $0 + "\n" }.joined())
                writer.flush()
                return .fine
            }
            writer.write(options.json ? listing.json : listing.text)
            writer.flush()
            return .fine
        }
    }
}

extension Page: ExpressibleByArgument {}
