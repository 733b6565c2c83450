internal import Configuration
internal import Execution
internal import Files
internal import Git
internal import GitHooks
internal import GitIndex
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// The steps of one `hooks ship`, from the index to the CI.
final class Work {
    let request: Ship.Request
    let context: Context
    let repository: Repository
    let index: PrivateIndex
    let catalogue: JobCatalogue
    let branch: Branch
    /// The destination; nil if nothing is pushed.
    let destination: Destination?
    let phases: PhaseRun
    /// How many working files the fixers have changed.
    private var fixed = 0

    init(
        request: Ship.Request, context: Context, repository: Repository, index: PrivateIndex,
        catalogue: JobCatalogue, branch: Branch, destination: Destination?, phases: PhaseRun
    ) {
        self.request = request
        self.context = context
        self.repository = repository
        self.index = index
        self.catalogue = catalogue
        self.branch = branch
        self.destination = destination
        self.phases = phases
    }

    /// Ships what is staged.
    func shipIndex(_ head: Head) throws -> ExitStatus {
        guard let message = request.message, message.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                message: "the commit needs a message", hints: ["`hooks ship \"MESSAGE\"`"],
                exitStatus: .usage)
        }
        if let stop = try fix() { return end(nil, stop) }
        if try index.repository.head().commit.map(index.repository.indexEquals) == true {
            return end(
                nil,
                Summary(
                    message: "nothing is left to commit, because the fixes undo all changes",
                    exitStatus: .failed))
        }
        if let stop = try checkMessage(message) { return end(nil, stop) }
        let candidate = try Candidate(of: index.repository, index.git, message: message)
        if let stop = try runPhases(on: candidate) { return end(candidate, stop) }
        if request.dryRun {
            return end(
                candidate,
                Summary(
                    message: "\(success); nothing was committed, because of `--dry-run`",
                    exitStatus: .fine))
        }
        let commit: ObjectID
        do {
            commit = try timed("commit") {
                try ShipCommit(self, head).make(candidate, message: message)
            }
        } catch {
            return end(candidate, error)
        }
        return try deliver(commit, candidate)
    }

    /// There is nothing to commit: ships the commits that the remote lacks.
    func shipCommits(_ head: Head) throws -> ExitStatus {
        let name = safeName(branch.name.utf8)
        guard let commit = head.commit, let destination, destination.tracked != commit,
            !branch.isNew
        else {
            let unstaged = request.stagedOnly ? try !repository.changedPaths().isEmpty : false
            let hints =
                unstaged
                ? ["`git add` the changes to ship, or ship all changes without `--staged`"] : []
            let also = destination.map { ", and \($0.title) has all commits of `\(name)`" } ?? ""
            throw Failure(
                message: "nothing to commit\(unstaged || branch.isNew ? "" : also)", hints: hints,
                exitStatus: .failed)
        }
        context.renderer.handle(
            .note("nothing to commit; \(destination.title) lacks commits of `\(name)`"))
        let candidate = try Candidate(of: commit, in: repository)
        if let stop = try runPhases(on: candidate) { return end(candidate, stop) }
        return try deliver(commit, candidate)
    }

    // MARK: Steps

    /// Runs the jobs of pre-commit; changes of fixers are staged, and checked again.
    ///
    /// - Returns: the summary if the run ends here.
    private func fix() throws -> Summary? {
        let began = ContinuousClock.now
        var context = context
        context.environment = index.environment
        let title = PhaseTitle(name: "fix", budget: catalogue.ship.budget, spent: phases.elapsed)
        var hasBegun = false
        for round in 0..<2 {
            let snapshot = try index.repository.stagedSnapshot()
            let jobRun = JobRun(index.repository, catalogue, context)
            let plan = jobRun.plan(try catalogue.jobs(of: .preCommit), on: snapshot)
            if plan.steps.isEmpty { break }
            if !hasBegun { context.renderer.handle(.phaseBegan(title)) }
            hasBegun = true
            // The second run shows only its failures.
            if round > 0 { context.renderer = FaultRenderer(self.context.renderer) }
            let result = try jobRun.perform(plan, publishing: request.dryRun ? .nothing : .fixes)
            Notes.tell(result.published, to: context.renderer)
            try index.reopen()
            fixed += result.published.count
            if let stop = stop(after: result) {
                phases.add(
                    PhaseReport(
                        name: "fix", status: .failed, elapsed: ContinuousClock.now - began))
                return stop
            }
            if result.published.isEmpty { break }
        }
        guard hasBegun else { return nil }
        let report = PhaseReport(
            name: "fix", status: .passed, elapsed: ContinuousClock.now - began,
            detail: fixed > 0 ? "\(counted(fixed, "file", "files")) fixed" : "")
        context.renderer.handle(.phaseEnded(report))
        phases.add(report)
        return nil
    }

    private func stop(after result: JobRun.Result) -> Summary? {
        if result.outcome.has(.broken) {
            return stopped(result.outcome.unable, .broken)
        }
        let failed = result.outcome.count(.failed)
        if failed > 0 {
            return stopped("\(counted(failed, "job", "jobs")) failed", .failed)
        }
        guard result.outcome.has(.fixed), request.dryRun else { return nil }
        return stopped("some files need a fix, which `--dry-run` does not apply", .failed)
    }

    /// Runs the commit-msg hook first, because it takes no time.
    private func checkMessage(_ message: String) throws -> Summary? {
        guard try !catalogue.jobs(of: .commitMessage).isEmpty else { return nil }
        let state = try Folder(making: index.path.removingLastComponent(), mode: 0o700)
        let file = FilePath("ship-message")
        try state.replace(file, content: Array((message + "\n").utf8), permissions: 0o600)
        defer { try? state.remove(file) }
        let path = state.path.pushing(file).string
        let status = try CommitMessageHook(context, .commitMessage, arguments: [path]).run()
        return status == .fine ? nil : stopped("the commit message was refused", status)
    }

    /// Runs what pre-push would, and the phases.
    private func runPhases(on candidate: Candidate) throws -> Summary? {
        let git = GitProgram(repository, environment: context.environment)
        let known = try destination.map { try repository.tracked(of: $0.remote) } ?? []
        let range = try PushRange(of: candidate.commit, known: known, git)
        let own = try catalogue.phases(on: candidate.commit, in: repository)
        // Jobs that take milliseconds do not wait for jobs that take minutes.
        let early = own.dropFirst().flatMap(\.jobs).filter(\.isQuickest)
        let check = PhaseJobs(
            name: "check",
            jobs: try catalogue.pushJobs(on: candidate.commit, in: repository) + early)
        for phase in [check] + own {
            let verdict = try phases.run(phase, on: candidate, notIn: range.boundary)
            guard verdict.status != .fine else { continue }
            let names = verdict.failed.map { "`\($0)`" }.joined(separator: ", ")
            let verb = verdict.failed.count == 1 ? "is" : "are"
            let word = verdict.status == .broken ? "\(verb) broken" : "failed"
            let again = verdict.failed.joined(separator: " ")
            var summary = stopped("\(names) \(word)", verdict.status)
            summary.hints = [
                "`hooks run \(again) --tree \(candidate.commit.hex.prefix(12))` repeats only this"
            ]
            return summary
        }
        return nil
    }

    /// Pushes, tells the CI, and shows the next command.
    private func deliver(_ commit: ObjectID, _ candidate: Candidate) throws -> ExitStatus {
        guard let destination else { return .fine }
        let name = String(commit.hex.prefix(12))
        do {
            let said = try timed("push") {
                try destination.push(GitProgram(repository, environment: context.environment))
            }
            for line in said { context.renderer.handle(.note("remote: \(line)")) }
        } catch let failure as PushFailure {
            for line in failure.words { context.renderer.handle(.note(line)) }
            if let signal = Interruption.current.signal {
                return end(
                    candidate,
                    Summary(
                        message: "interrupted; \(name) is committed and not pushed",
                        hints: ["`hooks ship` pushes it"], exitStatus: .signal(signal)))
            }
            return end(
                candidate,
                Summary(
                    message: "\(name) is committed; \(failure.message)", hints: failure.hints,
                    exitStatus: failure.exitStatus))
        }
        try timed("trigger", unless: !Trigger.isAsked(by: catalogue.trigger)) {
            Trigger(catalogue.trigger, repository, context).tell(
                commit, candidate.tree, destination)
        }
        let landing = try? destination.landing(
            commit, Protection(catalogue.protect), in: repository)
        let left = phases.skipped.isEmpty ? "" : ", without \(skipped)"
        return end(
            candidate,
            Summary(
                message: "\(name) is on \(destination.title)\(left)",
                hints: [landing?.advice ?? "`hooks status` shows its state"],
                exitStatus: .fine))
    }

    // MARK: Ends

    private var skipped: String { phases.skipped.joined(separator: ", ") }

    /// The message if no phase failed.
    private var success: String {
        PhaseRun.Verdict(status: .fine, failed: [], skipped: phases.skipped, passed: phases.passed)
            .success
    }

    private func timed<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
        let began = ContinuousClock.now
        func report(_ status: PhaseReport.Status) {
            phases.add(
                PhaseReport(name: name, status: status, elapsed: ContinuousClock.now - began))
        }
        do {
            let value = try body()
            report(.passed)
            return value
        } catch {
            report(.failed)
            throw error
        }
    }

    private func timed(_ name: String, unless skipped: Bool, _ body: () -> Void) throws {
        if skipped { return }
        try timed(name, body)
    }

    private func stopped(_ reason: String, _ status: ExitStatus) -> Summary {
        let also =
            fixed > 0 ? "; \(counted(fixed, "working file", "working files")) fixed" : ""
        return Summary(
            message: "\(reason); nothing was committed, HEAD and the index are as they were\(also)",
            exitStatus: status)
    }

    private func end(_ candidate: Candidate?, _ summary: Summary) -> ExitStatus {
        phases.end(candidate, status: summary.exitStatus)
        context.renderer.handle(.ended(summary))
        return summary.exitStatus
    }

    private func end(_ candidate: Candidate, _ error: any Error) -> ExitStatus {
        let explained =
            error as? any Explained
            ?? Failure(message: "internal error: \(error)", exitStatus: .fault)
        phases.end(candidate, status: explained.exitStatus)
        context.renderer.report(explained)
        return explained.exitStatus
    }
}
