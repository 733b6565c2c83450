internal import Notation

/// `hooks.local.toml`: the jobs that one user adds to the project's configuration, and skips.
package struct PersonalConfiguration: Sendable, Equatable {
    /// The jobs that it adds, and the hooks that run them.
    package var configuration = Configuration()
    /// Jobs and tags that do not run.
    package var skip: [String] = []

    /// Where it is.
    package static let file = "hooks.local.toml"

    /// Reads the text together with the project's own configuration; it can add and skip jobs, but
    /// change nothing.
    package init(
        _ text: [UInt8], beside project: Configuration?, known: KnownNames
    ) throws(ConfigurationError) {
        guard let root = try Document.read(text, file: Self.file, prefix: []) else { return }
        let entries = try Self.table.entries(of: root)
        var scope = Scope(known: known, jobs: project?.jobs ?? [:])
        // `skip` and `hooks` name jobs, which may be defined below them.
        for (node, key) in entries where key.name == Configuration.jobs.name {
            try key.read(node, into: &self, scope)
            for job in try node.entries()
            where scope.jobs[job.key] != nil || known.jobs.contains(job.key) {
                throw job.error(
                    "\(quoted(job.key)) is a job of the project",
                    hints: ["give jobs of your own other names; `skip` skips this one"])
            }
        }
        // The project's jobs may be named, but are not this file's.
        scope.jobs.merge(configuration.jobs) { project, _ in project }
        for (node, key) in entries where key.name != Configuration.jobs.name {
            try key.read(node, into: &self, scope)
        }
    }
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
