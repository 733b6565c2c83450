internal import Checks
internal import Files
internal import Planning
internal import Programs
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Workplaces

/// Built-in checks: bytes in, verdicts out.
extension Runner {
    /// A check of the whole commit.
    func inspect(_ check: any TreeCheck, _ step: Int) -> JobVerdict {
        let started = ContinuousClock.now
        guard let tree = trees[step] else { return JobVerdict(broken: "it has no tree to check") }
        let found = check.inspect(tree).map { (path: FilePath(bytes: $0.path), [$0.finding]) }
        return JobVerdict(found, started: started)
    }

    /// A check of one file at a time.
    func inspect(
        _ check: any Check, _ job: Job, _ step: Int, _ files: inout [FileState]
    ) -> JobVerdict {
        let started = ContinuousClock.now
        var inspection = Inspection(fixes: job.fixes, step: step)
        for position in files.indices {
            let verdict = check.inspect(CheckedFile(files[position]))
            inspection.take(verdict, &files[position], in: folder)
        }
        return inspection.verdict(started: started)
    }

    /// A check that is a Python program: one process, which gets the contents and returns answers;
    /// it reads no files.
    func inspect(
        _ check: any PythonCheck, _ job: Job, _ step: Int, _ files: inout [FileState]
    ) async -> JobVerdict {
        guard let command = commands[step] else { return JobVerdict(broken: "it has no command") }
        let input = PythonFrame.input(files.map(\.now))
        let (result, started) = await slots.whenFree {
            let started = ContinuousClock.now
            let result = await runBriefly(
                command.program, command.leading, folder: worktree,
                environment: command.environment, input: input, timeout: command.timeout)
            return (result, started)
        }
        guard result.code == 0,
            let (verdicts, general) = PythonFrame.answers(result.output, files: files.count)
        else { return broken(result, job, command, started: started) }
        var inspection = Inspection(fixes: job.fixes, step: step)
        for (position, verdict) in verdicts.enumerated() {
            inspection.take(verdict, &files[position], in: folder)
        }
        var verdict = inspection.verdict(started: started)
        for finding in general {
            verdict.kind = max(verdict.kind, .findings)
            verdict.output += Array("\(finding.message)\n".utf8)
        }
        return verdict
    }

    private func broken(
        _ result: DirectResult, _ job: Job, _ command: Command, started: ContinuousClock.Instant
    ) -> JobVerdict {
        var verdict = JobVerdict(elapsed: ContinuousClock.now - started)
        if result.isLate {
            verdict.breakDown(late: command.title, job)
        } else if Task.isCancelled {
            verdict.breakDown("`\(command.title)` was stopped before it finished")
        } else if result.code == 71 {
            verdict.breakDown(lastLine(of: result.errors) ?? "a package is missing")
        } else {
            let ending = result.code.map { "failed with exit status \($0)" } ?? "was killed"
            verdict.breakDown("`\(command.title)` \(ending)")
            verdict.output = result.errors
        }
        return verdict
    }
}

extension CheckedFile {
    fileprivate init(_ file: FileState) {
        self.init(
            path: file.name, content: file.now, size: file.size, isBinary: file.isBinary,
            isExecutable: file.isExecutable,
            isAdded: file.isAdded)
    }
}

/// The result of a check that reads one file at a time.
private struct Inspection {
    let fixes: Bool
    let step: Int
    private var found: [(path: FilePath, findings: [Finding])] = []
    private var failure: String?
    private var unseen = 0

    init(fixes: Bool, step: Int) {
        self.fixes = fixes
        self.step = step
    }

    /// Adds the verdict on a file, and applies its fix to the file.
    mutating func take(
        _ verdict: Verdict, _ file: inout FileState, in folder: (any JobFolder)?
    ) {
        if verdict.isUnseen { unseen += 1 }
        guard fixes, let fixed = verdict.fixed else {
            file.settle(step)
            if !verdict.findings.isEmpty { found.append((file.path, verdict.findings)) }
            return
        }
        file.change(to: fixed)
        file.settle(step)
        do {
            file.status = try folder?.rewrite(file.path, fixed, isExecutable: file.isExecutable)
        } catch {
            failure = "cannot write \(safeName(file.path)) in the overlay"
        }
    }

    func verdict(started: ContinuousClock.Instant) -> JobVerdict {
        var verdict = JobVerdict(found, started: started)
        verdict.unseen = unseen
        if let failure { verdict.breakDown(failure) }
        return verdict
    }
}
