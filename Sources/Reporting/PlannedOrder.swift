/// Holds reports back until those of all earlier jobs are there, so that what is shown does not
/// depend on timing.
struct PlannedOrder {
    /// A report whose turn it is.
    typealias Turn = (job: Int, planned: PlannedJob, report: JobReport)

    private(set) var jobs: [PlannedJob] = []
    private var reports: [Int: JobReport] = [:]
    /// The first job that is not yet handed out.
    private(set) var next = 0

    init(_ jobs: [PlannedJob] = []) {
        self.jobs = jobs
    }

    /// The report of a job that waits for an earlier one.
    func waiting(_ job: Int) -> JobReport? { reports[job] }

    /// Takes a report, and hands out every one whose turn has come; a job that is not planned or
    /// already handed out is ignored.
    mutating func finish(_ job: Int, _ report: JobReport) -> [Turn] {
        guard job >= next, job < jobs.count else { return [] }
        reports[job] = report
        var turns: [Turn] = []
        while next < jobs.count, let report = reports.removeValue(forKey: next) {
            turns.append((next, jobs[next], report))
            next += 1
        }
        return turns
    }

    /// Hands out what is still waiting, when no more will come.
    mutating func drain() -> [Turn] {
        let turns = jobs.indices.compactMap { job in
            reports[job].map { (job: job, planned: jobs[job], report: $0) }
        }
        reports = [:]
        next = jobs.count
        return turns
    }
}
