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
        commandName: "tools",
        abstract: "Show which tools run here, or install the pinned versions.",
        subcommands: [List.self, Sync.self, Pin.self, Servers.self, Stop.self],
        defaultSubcommand: List.self)

    /// `hooks tools list`
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Show each tool: its version, its path, and why that one is used.",
            discussion: "Exits with 4 if a tool is missing.")

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
            commandName: "sync", abstract: "Install the tools that are pinned in [tools].",
            discussion: "One environment for each set of pins, shared between repositories.")

        @OptionGroup var provisioning: Provisioning

        @Flag(help: "Rebuild the environment, even if it exists.")
        var fresh = false

        @OptionGroup var options: Options

        func run() throws {
            try options.run { context in
                let repository = try Repository(at: context.folder)
                let catalogue = try ConfigurationFile.load(repository, for: .worktree)
                let manner = ToolSync.Manner(
                    source: try provisioning.source(context), fresh: fresh,
                    python: provisioning.interpreter(context),
                    verbose: options.verbose)
                if let done = try ToolSync(repository, catalogue, context, manner).run() {
                    context.renderer.handle(.ended(Summary(message: done, exitStatus: .fine)))
                    return .fine
                }
                return try propose(repository, catalogue, context)
            }
        }

        /// Shows what could be pinned, because nothing is.
        private func propose(
            _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context
        ) throws -> ExitStatus {
            let proposals = try ToolPins(repository, context).proposals()
            if !proposals.isEmpty {
                context.renderer.handle(.note("these versions could be pinned in [tools]:"))
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
                            ? []
                            : [
                                "`hooks tools pin` pins these versions, then `hooks tools sync` installs them"
                            ],
                        exitStatus: status)))
            return status
        }
    }

    /// `hooks tools pin`
    struct Pin: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pin",
            abstract: "Pin the versions of tools in [tools], so that everybody runs the same.",
            discussion:
                "Pins the version that runs here; for a missing tool, the version that this release was "
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
                    ? "all tools that can be pinned are pinned already"
                    : "\(counted(done.pins.count, "tool", "tools")) pinned in \(done.file)"
                context.renderer.handle(
                    .ended(
                        Summary(
                            message: message,
                            hints: done.pins.isEmpty
                                ? []
                                : [
                                    "`git add \(done.file)`, then `hooks tools sync` installs the pinned tools"
                                ],
                            exitStatus: .fine)))
                return .fine
            }
        }
    }
}
