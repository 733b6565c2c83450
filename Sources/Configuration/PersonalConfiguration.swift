/// `hooks.local.toml`: what one user adds to the project's configuration, and leaves out.
package struct PersonalConfiguration: Sendable, Equatable {
    /// The jobs that it adds, and the hooks that run them.
    package var configuration = Configuration()
    /// Jobs and tags that do not run.
    package var skip: [String] = []

    /// Where it is.
    package static let file = "hooks.local.toml"

    /// Reads the text beside the project's own configuration; it can add and leave out, but change
    /// nothing.
    package init(
        _ text: [UInt8], beside project: Configuration?, known: KnownNames
    ) throws(ConfigurationError) {
        guard let root = try Document.read(text, file: Self.file, prefix: []) else { return }
        let entries = try root.entries(known: ["skip", "jobs", "hooks"])
        var reader = SectionReader(configuration: configuration, known: known)
        for entry in entries where entry.key == "jobs" {
            try reader.jobs(entry)
            for job in try entry.entries()
            where project?.jobs[job.key] != nil || known.jobs.contains(job.key) {
                throw job.error(
                    "\(quoted(job.key)) is a job of the project",
                    hints: ["add jobs of your own by other names; `skip` leaves this one out"])
            }
        }
        let own = reader.configuration.jobs
        // The project's jobs may be named, but are not this file's.
        for (name, job) in project?.jobs ?? [:] { reader.configuration.jobs[name] = job }
        for entry in entries where entry.key == "hooks" { try reader.hooks(entry) }
        configuration = reader.configuration
        configuration.jobs = own
        let tags =
            (project?.jobs.values.flatMap { $0.tags ?? [] } ?? [])
            + own.values.flatMap { $0.tags ?? [] }
        for entry in entries where entry.key == "skip" {
            for (name, item) in try entry.strings() {
                let names =
                    known.jobs + (project?.jobs.keys.sorted() ?? []) + own.keys.sorted() + tags
                guard names.contains(name) else {
                    throw item.error(
                        "unknown job \(quoted(name)) in `skip`",
                        hints: NearestMatch.of(name, among: names).map { ["did you mean `\($0)`?"] }
                            ?? [])
                }
                skip.append(name)
            }
        }
    }
}
