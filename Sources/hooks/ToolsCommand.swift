import ArgumentParser
import Git
internal import Planning
internal import Programs
import Reporting
import Staging
import SystemPackage

/// `hooks tools`
struct ToolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools", abstract: "Show which tools run here, or bring them to their pins.",
        subcommands: [List.self, Sync.self, Servers.self, Stop.self], defaultSubcommand: List.self)

    /// `hooks tools list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show each tool: its version, its path, and why that one.",
            discussion: "Exits with 4 when one is missing.")

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let repository = try Repository(at: context.folder)
                let catalogue = try ConfigurationFile.load(repository, for: .worktree)
                let listing = try ToolListing(repository, catalogue, context)
                context.renderer.handle(.answer(listing))
                context.renderer.handle(.ended(listing.summary))
                return listing.summary.exitStatus
            }
        }
    }

    /// `hooks tools sync`
    struct Sync: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sync", abstract: "Install what [tools] pins; nothing else downloads.",
            discussion: "One environment for each set of pins, shared between repositories.")

        @OptionGroup var provisioning: Provisioning

        @Flag(help: "Make the environment anew although there is one.")
        var fresh = false

        @Option(help: ArgumentHelp("The Python to make the environment with.", valueName: "path"))
        var python: String?

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let repository = try Repository(at: context.folder)
                let catalogue = try ConfigurationFile.load(repository, for: .worktree)
                let manner = ToolSync.Manner(
                    source: try provisioning.source(context), fresh: fresh,
                    python: python.map { context.folder.pushing(FilePath($0)) },
                    verbose: options.verbose)
                let done = try ToolSync(repository, catalogue, context, manner).run()
                context.renderer.handle(
                    .ended(
                        Summary(
                            message: done ?? "nothing is pinned in [tools]", exitStatus: .fine)))
                return .fine
            }
        }
    }
}
