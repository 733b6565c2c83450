import Adoption
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
        subcommands: [List.self, Sync.self, Pin.self, Servers.self, Stop.self],
        defaultSubcommand: List.self)

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
                if let done = try ToolSync(repository, catalogue, context, manner).run() {
                    context.renderer.handle(.ended(Summary(message: done, exitStatus: .fine)))
                    return .fine
                }
                return try propose(repository, catalogue, context)
            }
        }

        /// Says what could be pinned where nothing is.
        private func propose(
            _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context
        ) throws -> ExitStatus {
            let proposals = try ToolPins(repository, context).proposals()
            if !proposals.isEmpty {
                context.renderer.handle(.note("[tools] could hold:"))
            }
            for each in proposals {
                context.renderer.handle(.note("\(each.package) = \"\(each.version)\""))
            }
            let rows = try ToolListing(repository, catalogue, context, asksPrograms: false).rows
            let missing = rows.filter(\.isMissing).map { "`\($0.tool)`" }
            let also = missing.isEmpty ? "" : "; missing: \(missing.joined(separator: ", "))"
            let status: ExitStatus = missing.isEmpty ? .fine : .broken
            context.renderer.handle(
                .ended(
                    Summary(
                        message: "nothing is pinned in [tools], so nothing was installed\(also)",
                        hints: proposals.isEmpty
                            ? [] : ["`hooks tools pin` writes these, then `hooks tools sync`"],
                        exitStatus: status)))
            return status
        }
    }

    /// `hooks tools pin`
    struct Pin: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin",
            abstract: "Write the versions of tools into [tools], so that everybody runs the same.",
            discussion:
                "Those that run here now; of a tool that is missing the one that this release was "
                + "tested with. Without names: every tool that the project uses and does not pin.")

        @Argument(help: "Tools, by the names of their packages or jobs.")
        var names: [String] = []

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let repository = try Repository(at: context.folder)
                let done = try ToolPins(repository, context).pin(names)
                for each in done.pins {
                    context.renderer.handle(.note("\(each.package) = \"\(each.version)\""))
                }
                let message =
                    done.pins.isEmpty
                    ? "every tool that could be pinned is pinned already"
                    : "\(counted(done.pins.count, "tool", "tools")) pinned in \(done.file)"
                context.renderer.handle(
                    .ended(
                        Summary(
                            message: message,
                            hints: done.pins.isEmpty
                                ? []
                                : [
                                    "`git add \(done.file)`, then `hooks tools sync` installs what is pinned"
                                ],
                            exitStatus: .fine)))
                return .fine
            }
        }
    }
}
