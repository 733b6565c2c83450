internal import Configuration
internal import Execution
internal import Git
internal import GitHooks
internal import GitIndex
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// Runs phases one after the other on one commit; the first that fails ends it.
final class PhaseRun {
    private let repository: Repository
    private let catalogue: JobCatalogue
    private let context: Context
    private let record: Recording
    /// Whether jobs run even if their result is cached.
    private let fresh: Bool
    /// Whether jobs run in their quick form.
    private let quick: Bool
    private let started = ContinuousClock.now
    private let budget: Duration?
    private(set) var reports: [PhaseReport] = []
    /// The jobs that were skipped so far.
    private(set) var skipped: [String] = []
    /// How many jobs passed so far.
    private(set) var passed = 0

    /// - Parameters:
    ///   - by: what runs it, for the log: `ship` or `run`.
    ///   - budget: how long everything should take, if the user waits for it.
    init(
        _ repository: Repository, _ catalogue: JobCatalogue, _ context: Context, by: String,
        fresh: Bool = false, quick: Bool, budget: Duration? = nil
    ) {
        self.repository = repository
        self.catalogue = catalogue
        self.context = context
        self.fresh = fresh
        self.quick = quick
        self.budget = budget
        record = Recording(repository, catalogue.log, context, by: by)
    }

    /// The result of one phase, which decides what comes next.
    struct Verdict {
        var status: ExitStatus
        /// The jobs that failed or were broken.
        var failed: [String]
        /// The jobs that were skipped.
        var skipped: [String] = []

        /// How many jobs passed, including cached results.
        var passed = 0

        /// The message if nothing failed; skipped jobs did not pass.
        var success: String {
            if skipped.isEmpty { return "all jobs passed" }
            if passed == 0 {
                return "nothing was run: \(skipped.joined(separator: ", ")) skipped"
            }
            return "\(counted(skipped.count, "job", "jobs")) skipped "
                + "(\(skipped.joined(separator: ", "))); the rest passed"
        }
    }

    /// Time since the run began.
    var elapsed: Duration { ContinuousClock.now - started }

    /// Runs one phase on the files of the commit that the others do not have.
    func run(
        _ phase: PhaseJobs, on candidate: Candidate, notIn others: [ObjectID]
    ) throws -> Verdict {
        let began = ContinuousClock.now
        let jobs = quick ? phase.jobs.map(\.asAtTheDesk) : phase.jobs
        let snapshot = try repository.snapshot(of: candidate.commit, notIn: others)
        let jobRun = JobRun(repository, catalogue, context, fresh: fresh)
        let plan = jobRun.plan(jobs, on: snapshot, keepsWholeTree: true)
        guard !plan.steps.isEmpty else {
            add(PhaseReport(name: phase.name, status: .skipped, detail: "nothing to do"))
            return Verdict(status: .fine, failed: [])
        }
        context.renderer.handle(
            .phaseBegan(PhaseTitle(name: phase.name, budget: budget, spent: elapsed)))
        let result = try jobRun.perform(plan, publishing: .nothing)
        let time = ContinuousClock.now - began
        record.add(plan, result, phase: phase.name, tree: candidate.tree)
        sayOverBudget(plan, result)
        let report = Self.report(phase.name, plan, result, time)
        context.renderer.handle(.phaseEnded(report))
        add(report)
        let names = plan.steps.map(\.job.name)
        let failed = plan.steps.indices.filter { result.isBad($0) }.map { names[$0] }
        let skipped = plan.steps.indices
            .filter {
                result.outcome.reports[$0].status == .skipped && !result.outcome.has(.broken)
            }
            .map { names[$0] }
        self.skipped += skipped
        let status: ExitStatus =
            result.outcome.has(.broken) ? .broken : failed.isEmpty ? .fine : .failed
        let passed = result.outcome.reports.count { [.passed, .known].contains($0.status) }
        self.passed += passed
        return Verdict(status: status, failed: failed, skipped: skipped, passed: passed)
    }

    /// Adds a line to the table at the end.
    func add(_ report: PhaseReport) { reports.append(report) }

    /// Shows the table, and stores the result of the whole run.
    func end(_ candidate: Candidate?, status: ExitStatus) {
        if budget != nil || reports.count > 1 {
            context.renderer.handle(
                .table(PhaseTable(phases: reports, total: elapsed, budget: budget)))
        }
        record.end(
            tree: candidate?.tree, status: status, isPartial: !skipped.isEmpty, elapsed: elapsed)
    }

    private static func report(
        _ name: String, _ plan: Plan, _ result: JobRun.Result, _ time: Duration
    ) -> PhaseReport {
        let bad = plan.steps.indices.filter { result.isBad($0) }.map { plan.steps[$0].job.name }
        let reports = result.outcome.reports
        let skipped = reports.indices.filter { reports[$0].status == .skipped }
        let also =
            skipped.isEmpty || skipped.count == reports.count ? "" : ", \(skipped.count) skipped"
        let jobs = counted(plan.steps.count, "job", "jobs") + also
        var report = PhaseReport(name: name, status: .passed, elapsed: time, detail: jobs)
        if result.outcome.has(.broken) || !bad.isEmpty {
            report.status = result.outcome.has(.broken) ? .broken : .failed
            report.detail = bad.joined(separator: ", ")
        } else if skipped.count == reports.count {
            report.status = .skipped
            report.detail = skipped.map { plan.steps[$0].job.name }.joined(separator: ", ")
        } else if reports.allSatisfy({ !$0.hasRun }) {
            report.status = result.outcome.has(.known) ? .known : .skipped
        }
        return report
    }

    private func sayOverBudget(_ plan: Plan, _ result: JobRun.Result) {
        for (step, report) in result.outcome.reports.enumerated() {
            let job = plan.steps[step].job
            guard let budget = job.budget, report.elapsed > budget else { continue }
            context.renderer.handle(
                .note(
                    "`\(job.name)` took \(report.elapsed.inSeconds); "
                        + "its budget is \(budget.inSeconds)"
                ))
        }
    }
}

extension JobRun.Result {
    /// Whether a step needs a person; that includes a fixer that would change a
    /// commit.
    func isBad(_ step: Int) -> Bool {
        switch outcome.reports[step].status {
        case .failed, .broken, .fixed: true
        case .passed, .known, .skipped: false
        }
    }
}

extension Duration {
    /// As `12.3 s`.
    var inSeconds: String {
        let tenths = (milliseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
