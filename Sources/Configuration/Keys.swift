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

/// What `[hooks]` says.
struct HookJobs {
    var jobs: [GitHook: [JobReference]] = [:]
}

extension Protect {
    static let table = Table<Protect>([
        Key(
            "branches", .globs, default: "`[\"main\", \"master\"]`",
            "Branches that take no direct commit and no push. A pattern covers the whole short "
                + "name: `\"main\"` does not match `topic/main`.",
            set: { $0.branches = $1 }),
        Key(
            "strict", .boolean, default: "`false`",
            "`hooks install` also writes the reference-transaction hook, and a protected branch "
                + "may only move to what a remote-tracking reference holds, whatever "
                + "command moves it.",
            set: { $0.strict = $1 }),
    ])
}

extension FixPolicy {
    static let table = Table<FixPolicy>([
        Key(
            "on_commit", .choice(OnCommit.self), default: "`\"continue\"`",
            "`\"continue\"`: the commit includes the fixes. `\"stop\"`: fixes are staged, "
                + "and the commit stops for a review.",
            set: { $0.onCommit = $1 })
    ])
}

extension ShipSettings {
    static let table = Table<ShipSettings>([
        Key(
            "budget", .duration, default: "`\"30s\"`",
            "How long `hooks ship` should take; a longer run prints a note.",
            set: { $0.budget = $1 })
    ])
}

extension TriggerSettings {
    static let table = Table<TriggerSettings>([
        Key(
            "webhook", .address, default: "none",
            "An address that `hooks ship` calls after a push.", set: { $0.webhook = $1 }),
        Key(
            "command", .command, default: "none", "A command that `hooks ship` runs instead.",
            set: { $0.command = $1 }),
        Key(
            "secret", .variable, default: "`\"HOOKS_WEBHOOK_SECRET\"`",
            "The variable that holds the key of the webhook's signature.",
            set: { $0.secret = $1 }),
        Key(
            "program", .address, default: "none",
            "The address from which runners download hooks, in the files of `hooks init --ci`.",
            set: { $0.program = $1 }),
    ])
}

extension LogSettings {
    static let table = Table<LogSettings>([
        Key(
            "secret", .names, default: "`[\"*TOKEN*\", ...]`",
            "Names of variables whose values are neither shown nor stored: "
                + "[pipeline.md](pipeline.md#secrets).",
            set: { $0.secret = $1 })
    ])
}

extension PersonalConfiguration {
    /// The keys of `hooks.local.toml`.
    static let table = Table<PersonalConfiguration>([
        Key(
            "skip", .leftOut, default: "`[]`", "Jobs and tags that do not run.",
            set: { $0.skip = $1 }),
        Key(
            "jobs", .jobs, "Jobs of your own, by names that the project does not use.",
            set: { $0.configuration.jobs = $1 }),
        Key(
            "hooks", .table(Configuration.hooks) { HookJobs() },
            "Jobs that run after the project's own, by git hook.",
            set: { $0.configuration.hooks = $1.jobs }),
    ])
}
