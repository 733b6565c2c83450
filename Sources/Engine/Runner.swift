internal import Checks
internal import Configuration
internal import Files
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// Runs one job on some files and looks at what it did to them.
struct Runner: Sendable {
    let overlay: Overlay?
    /// The command of each external job, by its position in the plan.
    let commands: [Int: Command]
    /// The folder for jobs that run in a checkout.
    let checkout: FilePath?
    let worktree: FilePath
    /// Folders that a job must not write to.
    let protected: [FilePath]
    let slots: Slots

    /// Runs the job at `step` on the files; a fixer's changes are in them afterwards.
    func run(_ job: Job, step: Int, on files: inout [FileState]) async -> JobVerdict {
        let started = ContinuousClock.now
        switch job.action {
        case .message: return JobVerdict(elapsed: .zero)
        case .check(let check): return inspect(check, job, step, &files, started)
        case .tool, .command, .script: break
        }
        guard let command = commands[step] else { return JobVerdict(elapsed: .zero) }
        var verdict = JobVerdict(elapsed: .zero)
        if job.fixes, job.runIn == .staged, let path = foreignWork(in: files) {
            verdict.breakDown(
                "another job changed or removed \(safeName(path)), which it was not given")
            return verdict
        }
        let paths = job.passesFiles ? files.map(\.path) : []
        for invocation in invocations(of: command, job, on: paths) {
            let (completion, started) = await slots.whenFree {
                let started = ContinuousClock.now
                return (await Spawn.run(invocation), started)
            }
            let one = JobVerdict(completion, of: job, title: command.title, started: started)
            verdict.add(one, atTheSameTime: false)
            if one.kind == .broken { break }
        }
        if job.fixes, job.runIn == .staged { harvest(job, step, &files, &verdict) }
        return verdict
    }

    private func invocations(of command: Command, _ job: Job, on paths: [FilePath]) -> [Invocation]
    {
        var command = command
        if command.title.contains("/"), !command.program.isAbsolute {
            command = command.with(program: folder(of: job).pushing(command.program))
        }
        let bounds = job.runIn == .worktree ? [] : protected
        let own = overlay.map { [$0.root.removingLastComponent()] } ?? []
        return command.invocations(
            on: paths, in: folder(of: job), protecting: bounds, writable: own,
            writes: job.fixes && job.isProjects)
    }

    private func folder(of job: Job) -> FilePath {
        switch job.runIn {
        case .staged: overlay?.root ?? worktree
        case .checkout: checkout ?? worktree
        case .worktree: worktree
        }
    }

    /// A file that is not as its own jobs left it; what was done to it must not be taken for the next fixer's work.
    private func foreignWork(in files: [FileState]) -> FilePath? {
        guard let overlay else { return nil }
        return files.first { file in
            do {
                let found = try overlay.changed(file.path, since: file.status)
                return found.map { $0.content != file.now } ?? false
            } catch {
                return true
            }
        }?.path
    }

    /// Takes a fixer's changes from the overlay. Content decides, never the exit code.
    private func harvest(
        _ job: Job, _ step: Int, _ files: inout [FileState], _ verdict: inout JobVerdict
    ) {
        guard let overlay else { return }
        var hasChanged = false
        for position in files.indices {
            let path = files[position].path
            do {
                guard let found = try overlay.changed(path, since: files[position].status) else {
                    continue
                }
                files[position].status = found.status
                guard found.content != files[position].now else { continue }
                files[position].change(to: found.content)
                hasChanged = true
            } catch {
                verdict.breakDown(
                    "`\(job.name)` removed or replaced \(safeName(path)), which it was given")
            }
        }
        // A fixer that failed after it changed something is asked again: only a run without a change judges.
        if verdict.kind == .findings, hasChanged { return }
        for position in files.indices { files[position].settle(step) }
    }

    private func inspect(
        _ check: any Check, _ job: Job, _ step: Int, _ files: inout [FileState],
        _ started: ContinuousClock.Instant
    ) -> JobVerdict {
        var found: [(path: FilePath, findings: [Finding])] = []
        var failure: String?
        for position in files.indices {
            let file = files[position]
            let verdict = check.inspect(
                CheckedFile(
                    path: file.path.bytes, content: file.now, size: file.size,
                    isExecutable: file.isExecutable,
                    isAdded: file.isAdded))
            guard job.fixes, let fixed = verdict.fixed else {
                files[position].settle(step)
                if !verdict.findings.isEmpty { found.append((file.path, verdict.findings)) }
                continue
            }
            files[position].change(to: fixed)
            files[position].settle(step)
            do {
                files[position].status = try overlay?.rewrite(
                    file.path, fixed, isExecutable: file.isExecutable)
            } catch {
                failure = "cannot write \(safeName(file.path)) in the overlay"
            }
        }
        var verdict = JobVerdict(found, started: started)
        if let failure { verdict.breakDown(failure) }
        return verdict
    }
}

extension Command {
    /// The same with another program.
    func with(program: FilePath) -> Command {
        Command(
            program: program, leading: leading, trailing: trailing, environment: environment,
            timeout: timeout,
            title: title)
    }
}
