internal import Reporting

extension Configuration {
    /// The oldest release that may read the file, which is checked before anything else.
    static let requires = Key<Configuration>(
        "requires", .release, default: "none",
        "The oldest hooks release that may read this file: `\"0.1\"` or `\"0.1.2\"`. An older one refuses "
            + "the file before it reads anything else.",
        isForNested: true, set: { $0.requires = $1 })

    /// The jobs, which are read before the keys that mention them.
    static let jobs = Key<Configuration>(
        "jobs", .jobs, "[Jobs](#jobsname) by name.", isForNested: true,
        set: { $0.jobs = $1 })

    /// The nested folders, which are read before phases mention their jobs.
    static let nested = Key<Configuration>(
        "nested", .nested, default: "`[]`",
        "Folders with a `hooks.toml` of their own, see [below](#nested).", isForNested: true,
        set: { $0.nested = $1 })

    /// The keys at the top of the file.
    static let table = Table<Configuration>([
        requires,
        Key(
            "fail_fast", .boolean, default: "`false`",
            "The first job that fails ends the run; later jobs are shown as skipped. Checkers "
                + "then run one after the other.",
            isForNested: true, set: { $0.failFast = $1 }),
        nested,
        Key(
            "protect", .table(Protect.table) { Protect() },
            "[Branches](#protect) that take no direct commit and no push.",
            set: { $0.protect = $1 }),
        Key(
            "tools", .tools, "[Pinned tools](#tools).",
            set: {
                $0.tools = $1.pins
                $0.warm = $1.warm
            }),
        jobs,
        Key(
            "hooks", .table(hooks) { HookJobs() }, "The jobs of each [git hook](#hooks).",
            isForNested: true, set: { $0.hooks = $1.jobs }),
        Key(
            "fix", .table(FixPolicy.table) { FixPolicy() },
            "What happens after [fixers](#fix) have changed files.", set: { $0.fix = $1 }),
        Key(
            "phases", .phases, default: "`build`, `test`, `integrate`",
            "The jobs of each [phase](pipeline.md#phases), by a name that no job has; phases run in "
                + "the order of the file.",
            set: { $0.phases = $1 }),
        Key(
            "ship", .table(ShipSettings.table) { ShipSettings() },
            "How long [`hooks ship`](#ship) should take.", set: { $0.ship = $1 }),
        Key("ci", .ci, "How a [CI](#ci) is told of a push.", set: { $0.ci = $1 }),
        Key(
            "log", .table(LogSettings.table) { LogSettings() },
            "What is hidden in the stored [output](#log) of jobs.", set: { $0.log = $1 }),
    ])

    /// The keys of `[hooks]`: the git hooks that run jobs.
    static let hooks = Table<HookJobs>(
        GitHook.withJobs.map { hook in
            Key(
                hook.name, .references, default: fallback(of: hook), "\(hook.help).",
                set: { $0.jobs[hook] = $1 })
        })

    private static func fallback(of hook: GitHook) -> String {
        let defaults = hook.defaults.map { "`\($0)`" }.joined(separator: ", ")
        guard hook.followsPreCommit else { return defaults.isEmpty ? "none" : defaults }
        return hook.defaults == GitHook.preCommit.defaults
            ? "those of `pre-commit`"
            : "those of `pre-commit`; without any configuration also "
                + hook.defaults.filter { !GitHook.preCommit.defaults.contains($0) }
                .map { "`\($0)`" }.joined(separator: ", ")
    }
}

/// The content of `[hooks]`.
struct HookJobs {
    var jobs: [GitHook: [JobReference]] = [:]
}
