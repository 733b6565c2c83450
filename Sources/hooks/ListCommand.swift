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
        abstract: "Show the jobs of each git hook and phase, and all available checks and tools.")

    @Flag(help: "Print the names that `hooks run` takes, one per line.")
    var names = false

    @Option(
        help: ArgumentHelp(
            "Print a page of the docs: checks, tools or configuration.", valueName: "page"))
    var markdown: Page?

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            if let markdown {
                context.renderer.handle(.answer(Printout(markdown.markdown)))
                return .fine
            }
            // Outside of a repository only the catalogue and the defaults are listed.
            let repository = try? Repository(at: context.folder)
            let catalogue = try repository.map { try ConfigurationFile.load($0, for: .worktree) }
            let listing = try (catalogue ?? JobCatalogue(nil, file: "hooks.toml")).listing()
            let lines = Printout(listing.names.map { $0 + "\n" }.joined())
            context.renderer.handle(.answer(names ? lines : listing))
            return .fine
        }
    }
}

extension Page: ExpressibleByArgument {}
