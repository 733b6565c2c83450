internal import Checks
internal import Configuration
internal import Files
internal import Git
package import Reporting
internal import Spawn
internal import Staging
package import SystemPackage

/// What git asks about the message of a commit; it is never changed.
package struct CommitMessageHook {
    private let context: Context
    /// The file with the message, as git names it in the hook's argument.
    private let file: FilePath

    package init(_ context: Context, file: FilePath) {
        self.context = context
        self.file = file
    }

    /// Runs as the hook.
    package func run() throws -> ExitStatus {
        let repository = try Repository(at: context.folder)
        let catalogue = try ConfigurationFile.load(repository, for: .index)
        let jobs = try catalogue.jobs(of: .commitMessage)
        guard !jobs.isEmpty else { return .fine }
        let path = file.isAbsolute ? file : context.folder.pushing(file)
        guard let raw = try contents(of: path) else {
            throw Failure(message: "there is no message in \(safeName(path))", exitStatus: .usage)
        }
        let comment = commentCharacter(repository)
        let messages = cleanups(repository).map {
            CommitMessage.cleaned(raw, cleanup: $0, comment: comment)
        }
        return try judge(messages, jobs, repository, catalogue)
    }

    /// - Parameter messages: what git may be going to record; one that is in order is enough.
    private func judge(
        _ messages: [[UInt8]], _ jobs: [Job], _ repository: Repository, _ catalogue: JobCatalogue
    ) throws -> ExitStatus {
        var reports: [JobReport] = []
        for job in jobs {
            guard case .message(let check) = job.action else {
                throw Failure(
                    message: "`\(job.name)` does not look at messages",
                    hints: ["take it out of `commit-msg`"],
                    exitStatus: .usage)
            }
            if let variable = context.skipping[job.name] {
                reports.append(JobReport(status: .skipped, reason: "\(variable) names it"))
                continue
            }
            let findings = messages.map(check.inspect).min { $0.count < $1.count } ?? []
            let lines = findings.map { finding in
                (finding.line.map { "line \($0): " } ?? "") + finding.message
            }
            reports.append(
                JobReport(
                    status: findings.isEmpty ? .passed : .failed,
                    output: Array(lines.map { $0 + "\n" }.joined().utf8)))
        }
        let failed = reports.contains { $0.status == .failed }
        // Messages pass silently: the run of the commit itself has just said what there is to say.
        guard failed || reports.contains(where: { $0.status == .skipped }) else { return .fine }
        context.renderer.handle(.planned(jobs.map { PlannedJob(name: $0.name, files: 0) }))
        for (position, report) in reports.enumerated() {
            context.renderer.handle(.finished(job: position, report))
        }
        guard failed else { return .fine }
        let summary = Summary(
            message: "the message was refused; nothing was committed",
            hints: [
                "your message is kept: `git commit -eF \(safeName(repository.gitDirectory.appending("COMMIT_EDITMSG")))`"
            ],
            exitStatus: .failed)
        context.renderer.handle(.ended(summary))
        return .failed
    }

    /// What git may be going to do with the message.
    ///
    /// It sets `GIT_EDITOR=:` when no editor was opened, and then keeps comments, unless it was called with a `--cleanup`
    /// that no hook is told of.
    private func cleanups(_ repository: Repository) -> [CommitMessage.Cleanup] {
        if let named = repository.configuration("commit.cleanup").flatMap(
            CommitMessage.Cleanup.init)
        {
            return [named]
        }
        return context.environment["GIT_EDITOR"] == ":" ? [.whitespace, .strip] : [.strip]
    }

    private func commentCharacter(_ repository: Repository) -> [UInt8] {
        let value = repository.configuration("core.commentChar") ?? "#"
        return Array((value == "auto" ? "#" : value).utf8)
    }
}
