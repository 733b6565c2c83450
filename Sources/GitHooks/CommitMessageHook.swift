internal import Checks
package import Configuration
internal import Execution
internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Notation
package import Planning
internal import Programs
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// The hooks for the message of a commit. Only a job with `fixes = true` may change the message.
package struct CommitMessageHook {
    private let context: Context
    private let hook: GitHook
    private let arguments: [String]
    /// The file with the message, from the hook's argument.
    private let file: FilePath

    /// - Parameter arguments: those that git gave the hook; the first is the file.
    package init(_ context: Context, _ hook: GitHook, arguments: [String]) {
        self.context = context
        self.hook = hook
        self.arguments = arguments
        file = FilePath(arguments.first ?? "")
    }

    /// Runs as the hook.
    package func run() throws -> ExitStatus {
        let repository = try Repository(at: context.folder)
        let catalogue = try ConfigurationFile.load(repository, for: .index)
        let jobs = try catalogue.jobs(of: hook)
        guard !jobs.isEmpty else { return .fine }
        let path = file.isAbsolute ? file : context.folder.pushing(file)
        guard let raw = try contents(of: path) else {
            throw Failure(
                message: "the message file \(safeName(path)) does not exist", exitStatus: .usage)
        }
        Interruption.current.listen()
        var message = raw
        var reports: [JobReport] = []
        for job in jobs {
            reports.append(try report(of: job, on: &message, repository, catalogue))
        }
        if let signal = Interruption.current.signal {
            throw Failure(
                message: "interrupted; nothing was committed", exitStatus: .signal(signal))
        }
        let status = conclude(jobs, reports, repository)
        if message != raw, status != .broken {
            try Folder(opening: path.removingLastComponent())
                .replace(path.name, content: message, permissions: 0o644)
        }
        return status
    }

    private func report(
        of job: Job, on message: inout [UInt8], _ repository: Repository, _ catalogue: JobCatalogue
    ) throws -> JobReport {
        if let variable = context.skipping[job.name] {
            return JobReport(status: .skipped, reason: "by \(variable)")
        }
        if let kind = job.kind as? MessageCheckKind {
            return try inspected(message, by: kind.check, repository)
        }
        return try ran(job, on: &message, repository, catalogue)
    }

    /// It is enough if one of the messages that git may record passes.
    private func inspected(
        _ message: [UInt8], by check: any MessageCheck, _ repository: Repository
    ) throws -> JobReport {
        let texts = MessageReadings(repository, context.environment, .find()).texts(of: message)
        let findings =
            try texts.map { check.inspect(try MessageEncoding(repository, context).utf8($0)) }
            .min { $0.count < $1.count } ?? []
        let lines = findings.map { ($0.line.map { "line \($0): " } ?? "") + $0.message + "\n" }
        return JobReport(
            status: findings.isEmpty ? .passed : .failed, output: Array(lines.joined().utf8))
    }

    /// Runs a command on a copy of the message.
    private func ran(
        _ job: Job, on message: inout [UInt8], _ repository: Repository, _ catalogue: JobCatalogue
    ) throws -> JobReport {
        let builder = try CommandBuilder(Ground(repository, .index), catalogue, context)
        var job = job
        job.environment += hook.variables(for: arguments)
        guard let command = try builder.command(for: job) else {
            return JobReport(status: .broken, reason: "`\(job.name)` cannot look at a message")
        }
        let folder = try Folder(making: context.caches.appending("messages"), mode: 0o700)
        let copy = FilePath("message-\(getpid())")
        try folder.remove(copy)
        try folder.create(copy, content: message, permissions: 0o600)
        let protected = [repository.worktree, repository.gitDirectory, repository.commonDirectory]
        let invocations = command.invocations(
            on: [folder.path.pushing(copy)], in: repository.worktree,
            protecting: job.runIn == .worktree ? [] : protected, writable: [folder.path],
            writes: job.fixes)
        let started = ContinuousClock.now
        var verdict = JobVerdict(elapsed: .zero)
        for invocation in invocations {
            guard let completion = waiting(for: { await Spawn.run(invocation) }) else { continue }
            verdict.add(
                JobVerdict(completion, of: job, title: command.title, started: started),
                atTheSameTime: false)
        }
        let after = try folder.read(copy).content
        try folder.remove(copy)
        if after != message, !job.fixes, verdict.kind == .fine {
            verdict.breakDown(
                "`\(job.name)` changed the message, and is no fixer",
                hints: ["if it is to change messages, set `fixes = true` in [jobs.\(job.name)]"])
        }
        let isFixed = verdict.kind == .fine && after != message
        if isFixed { message = after }
        let status: JobReport.Status =
            switch verdict.kind {
            case .broken: .broken
            case .findings: .failed
            case .fine: isFixed ? .fixed : verdict.hasNothing ? .skipped : .passed
            }
        return JobReport(
            status: status, elapsed: verdict.elapsed, reason: verdict.reason, hints: verdict.hints,
            output: verdict.output)
    }

    private func conclude(
        _ jobs: [Job], _ reports: [JobReport], _ repository: Repository
    ) -> ExitStatus {
        // Passed messages print nothing: the run of the commit has just printed its result.
        guard reports.contains(where: { $0.status != .passed }) else { return .fine }
        context.renderer.handle(.planned(jobs.map { PlannedJob(name: $0.name, files: 0) }))
        for (position, report) in reports.enumerated() {
            context.renderer.handle(.finished(job: position, report))
        }
        let isBroken = reports.contains { $0.status == .broken }
        guard isBroken || reports.contains(where: { $0.status == .failed }) else { return .fine }
        let kept = safeName(repository.gitDirectory.appending("COMMIT_EDITMSG"))
        let summary = Summary(
            message: "the message was refused; nothing was committed",
            hints: ["your message is kept: `git commit -eF \(kept)`"],
            exitStatus: isBroken ? .broken : .failed)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }
}
