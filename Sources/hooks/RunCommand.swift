import ArgumentParser
internal import GitHooks
import Pipeline
internal import Planning
import Reporting
import SystemPackage

/// `hooks run`
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract:
            "Run a git hook, a phase or a job by name: a phase on all changes, others on what is staged."
    )

    @Argument(
        help: "Git hooks (such as pre-commit), phases (build), jobs (black) or tags.",
        completion: .shellCommand("hooks list --names 2>/dev/null"))
    var names: [String] = []

    @Flag(help: "Run all phases in order; stop at the first that fails.")
    var allPhases = false

    @Option(
        help: ArgumentHelp("Run phases, or jobs as in a phase, on this commit.", valueName: "rev"))
    var tree: String?

    @Flag(help: "Check every tracked file, as it is in the index.")
    var all = false

    @Option(
        name: .customLong("files"), parsing: .upToNextOption, help: "Check these working files.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Check the commits after this one.", valueName: "rev"))
    var from: String?

    @Option(
        help: ArgumentHelp("Check the commits up to this one; HEAD by default.", valueName: "rev")
    )
    var to: String?

    @Flag(help: "Change nothing; show the diff, and exit with 1 if there is one.")
    var check = false

    @Flag(help: "Also run jobs whose result is cached.")
    var fresh = false

    @Flag(
        help:
            "Run only affected tests (pytest-testmon), in the working tree. The result is not cached."
    )
    var quick = false

    @Flag(help: "Print the findings as one SARIF document on standard output.")
    var sarif = false

    @OptionGroup var options: Options

    func validate() throws {
        if names.isEmpty, !allPhases {
            throw ValidationError("No name was given: name a git hook, a phase or a job to run.")
        }
        if allPhases, !names.isEmpty {
            throw ValidationError("Only one of names and `--all-phases` can be given.")
        }
        let other = all || !paths.isEmpty || from != nil || to != nil || check || quick
        if allPhases || tree != nil, other {
            throw ValidationError(
                "`--tree` and `--all-phases` cannot be combined with options that choose files, `--check` or `--quick`."
            )
        }
        if sarif, options.json {
            throw ValidationError("Only one of `--sarif` and `--json` can be given.")
        }
        if [all, !paths.isEmpty, from != nil || to != nil].count(where: { $0 }) > 1 {
            throw ValidationError(
                "Only one of `--all`, `--files` and `--from`/`--to` can be given.")
        }
    }

    func run() throws {
        try options.run(problems: sarif ? .sarif(version: JobCatalogue.version) : nil) { context in
            let phases = try PhasesByHand(context)
            if allPhases || tree != nil {
                return try phases.run(names, tree: tree, fresh: fresh)
            }
            if try phases.arePhases(names) {
                return try phases.run(names, tree: nil, fresh: fresh)
            }
            return try ByHand(context).run(
                names, scope, ByHand.Manner(checkOnly: check, fresh: fresh, quick: quick))
        }
    }

    private var scope: ByHand.Scope {
        if all { return .all }
        if !paths.isEmpty { return .paths(filePaths(of: paths)) }
        return from != nil || to != nil ? .range(from: from, to: to) : .staged
    }
}
