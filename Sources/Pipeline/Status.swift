internal import Configuration
internal import Execution
internal import Git
internal import GitHooks
internal import GitIndex
internal import Glibc
internal import Installation
internal import Masking
package import Planning
internal import Remembering
internal import Reporting
internal import Spawn
internal import Staging

/// `hooks status`: the state of this branch, and what is missing; it runs no job.
package struct Status {
    private let context: Context
    private let repository: Repository
    private let log: RunLog

    package init(_ context: Context) throws {
        self.context = context
        repository = try Repository(at: context.folder)
        log = RunLog(repository)
    }

    /// Finds out what is ready and what is missing.
    package func report() throws -> StatusReport {
        let head = try repository.head()
        let index = try PrivateIndex(of: repository, context, forLook: true)
        let isUnmerged = try !repository.unmergedPaths().isEmpty
        if !isUnmerged { try index.stageAll() }
        let catalogue = try ConfigurationFile.load(index.repository, for: .index)
        var report = StatusReport(branch: head.branch)
        let protection = Protection(catalogue.protect)
        report.hooks = try hooksLine(catalogue)
        report.isProtected = head.branch.map(protection.isProtected) ?? false
        report.state = repository.state()?.rawValue ?? (isUnmerged ? "merge" : nil)
        report.changed = try index.repository.stagedChanges(against: head.commit).count
        try follow(head, protection, &report)
        let records = log.records()
        report.statistics = Statistics(records, budget: catalogue.ship.budget)
        if !isUnmerged, head.commit != nil || report.changed > 0 {
            let candidate =
                try report.changed == 0 && head.commit != nil
                ? head.commit.map { try Candidate(of: $0, in: repository) }
                : Candidate(of: index.repository, index.git, message: "")
            if let candidate {
                report.tree = candidate.tree.hex
                report.phases = try phases(of: candidate, catalogue, records)
            }
        }
        report.advise()
        return report
    }

    /// Why git does not run all hooks, and the command that solves it; nil if all run.
    private func hooksLine(_ catalogue: JobCatalogue) throws -> String? {
        if context.environment["HOOKS"] == "0" {
            return "off: HOOKS=0 is set; `unset HOOKS` turns them on"
        }
        let inspection = try InstallationState(repository, hooks: catalogue.installedHooks)
        if let problem = inspection.problems.first {
            let word = inspection.isOff ? "off" : "not all on"
            return "\(word): \(problem.text); `\(problem.cure)`"
        }
        guard inspection.program == nil else { return nil }
        return "refuse everything: their program is gone; `hooks install`"
    }

    /// The stored output of the last run of a job, without secrets.
    package func output(of job: String) throws -> [UInt8] {
        let runs = log.records().filter { $0.job == job && $0.isRun }
        guard let last = runs.last else {
            let names = Set(log.records().map(\.job)).subtracting([""]).sorted()
            throw Failure(
                message: "no run of `\(safeName(job.utf8))` is stored",
                hints: [
                    names.isEmpty
                        ? "`hooks ship` or `hooks run --all-phases` stores one"
                        : "there are \(names.map { "`\($0)`" }.joined(separator: ", "))"
                ], exitStatus: .usage)
        }
        if last.output.isEmpty { return [] }
        guard let output = log.output(last.output) else {
            throw Failure(
                message: "the output of `\(safeName(job.utf8))` is no longer kept",
                hints: ["`hooks run \(job) --tree HEAD --fresh` runs it again"],
                exitStatus: .failed)
        }
        // A value that was not secret when it was stored may be secret now.
        let catalogue = try ConfigurationFile.load(repository, for: .worktree)
        return Mask(secretValues(in: context.environment, catalogue.log)).hide(output)
    }

    private func follow(
        _ head: Head, _ protection: Protection, _ report: inout StatusReport
    ) throws {
        report.isUnborn = head.commit == nil
        guard let branch = head.branch,
            let destination = try? Destination(of: branch, in: repository)
        else { return }
        report.remote = destination.title
        report.isRemoteNew = try repository.tracked(of: destination.remote).isEmpty
        report.landing = try destination.landing(head.commit, protection, in: repository)
        guard let tracked = destination.tracked else { return }
        report.isThere = true
        guard let commit = head.commit else { return }
        let git = GitProgram(repository, environment: context.environment)
        let counts = try git.run(
            ["rev-list", "--left-right", "--count", "\(commit.hex)...\(tracked.hex)"],
            "compare with the remote")
        let numbers = String(decoding: counts, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        report.ahead = numbers.first.flatMap { Int($0) } ?? 0
        report.behind = numbers.last.flatMap { Int($0) } ?? 0
    }

    private func phases(
        of candidate: Candidate, _ catalogue: JobCatalogue, _ records: [RunRecord]
    ) throws -> [StatusReport.Phase] {
        let jobRun = JobRun(repository, catalogue, context)
        let snapshot = try repository.snapshot(
            of: candidate.commit, notIn: candidate.parent.map { [$0] } ?? [])
        return try catalogue.phases(on: candidate.commit, in: repository).map { phase in
            let plan = jobRun.plan(
                phase.jobs.map(\.asAtTheDesk), on: snapshot, keepsWholeTree: true)
            let known = try jobRun.known(plan)
            let jobs = plan.steps.indices.map { step in
                let name = plan.steps[step].job.name
                let isSkipped =
                    plan.steps[step].skipped != nil || known.skipped.contains(step)
                return isSkipped
                    ? StatusReport.Job(name: name, status: .skipped)
                    : Self.job(name, known.facts[step], candidate, records)
            }
            return StatusReport.Phase(name: phase.name, jobs: jobs)
        }
    }

    private static func job(
        _ name: String, _ known: (fact: ObjectID, isKnown: Bool)?, _ candidate: Candidate,
        _ records: [RunRecord]
    ) -> StatusReport.Job {
        let own = records.filter { record in
            guard record.job == name, record.isRun else { return false }
            return known.map { record.fact == $0.fact.hex } ?? (record.tree == candidate.tree.hex)
        }
        var job = StatusReport.Job(name: name, status: .missing)
        if known?.isKnown == true {
            job.record = own.last { $0.status == "passed" }
            job.status = .passed
        } else if let last = own.last {
            job.record = last
            // A job that passed but cannot be cached would run again.
            job.status =
                last.status == "passed"
                ? .ran : last.status == RunRecord.idle ? .skipped : .failed
        }
        return job
    }
}

/// The data of `hooks status`.
package struct StatusReport: Sendable {
    enum JobStatus: String {
        case passed
        /// It passed, and its result cannot be cached.
        case ran
        case failed
        case missing
        /// It is skipped, or there is nothing to check, or to compare with.
        case skipped
    }

    struct Job {
        var name: String
        var status: JobStatus
        /// Its last run; nil if only the cached result is known.
        var record: RunRecord?
    }

    struct Phase {
        var name: String
        var jobs: [Job]

        var status: JobStatus {
            if jobs.contains(where: { $0.status == .failed }) { return .failed }
            if jobs.contains(where: { $0.status == .missing }) { return .missing }
            if jobs.contains(where: { $0.status == .ran }) { return .ran }
            let isIdle = !jobs.isEmpty && jobs.allSatisfy { $0.status == .skipped }
            return isIdle ? .skipped : .passed
        }
    }

    /// Why not all hooks run; nil if they do.
    var hooks: String?
    /// nil if HEAD is detached.
    let branch: String?
    var isProtected = false
    /// The merge, rebase or similar in progress.
    var state: String?
    /// Whether it has no commit yet.
    var isUnborn = false
    /// Where it is pushed to, such as `origin/topic`; nil if that is unknown.
    var remote: String?
    /// Whether the clone has no reference of the remote at all.
    var isRemoteNew = false
    /// How a pushed branch gets to a protected branch; nil if there is none.
    var landing: Landing?
    /// Whether the remote has the branch.
    var isThere = false
    var ahead = 0
    var behind = 0
    /// How many paths a commit of all changes would change.
    var changed = 0
    var tree: String?
    var phases: [Phase] = []
    var statistics = Statistics([], budget: .zero)
    private(set) var next = ""

    fileprivate init(branch: String?) { self.branch = branch }

    /// The next command.
    fileprivate mutating func advise() {
        let failed = phases.flatMap(\.jobs).first { $0.status == .failed }
        let name = branch.map { safeName($0.utf8) } ?? ""
        // The first commit of a project, and the first push to a remote, are allowed on a protected
        // branch.
        let isClosed = isProtected && !isUnborn
        if let state {
            next = "finish the \(state), or `git \(state) --abort`"
        } else if branch == nil || (isClosed && changed > 0) {
            next = "`hooks ship --branch NAME \"MESSAGE\"`"
        } else if let failed {
            next = "`hooks status --log \(failed.name)`, fix it, then `hooks ship \"MESSAGE\"`"
        } else if behind > 0 {
            next = "`git pull --rebase`"
        } else if changed > 0 {
            next = "`hooks ship \"MESSAGE\"`"
        } else if isUnborn {
            next = "add files, then `hooks ship \"MESSAGE\"`"
        } else if !isProtected, remote != nil, ahead > 0 || !isThere {
            next = "`hooks ship`"
        } else if isProtected, remote != nil, isRemoteNew {
            next = "`git push -u \(remote?.split(separator: "/").first ?? "origin") \(name)`"
        } else if isProtected, remote != nil, ahead > 0 || !isThere {
            next = "`git switch -c NAME`, then `hooks ship`: `\(name)` takes no direct push"
        } else if phases.contains(where: { $0.status == .missing }) {
            next = "`hooks run --all-phases`"
        } else if let landing {
            next = landing.advice
        } else {
            next =
                remote == nil
                ? "nothing: all jobs passed"
                : "nothing: all jobs passed, and the remote is up to date"
        }
    }
}

extension RunRecord {
    /// Whether a job ran: its result was not cached, and it was not skipped.
    fileprivate var isRun: Bool { status != "known" && status != "skipped" }
}
