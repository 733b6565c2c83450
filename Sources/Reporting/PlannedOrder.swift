/// Holds reports back until those of all earlier jobs have come, so that the output does not
/// depend on timing.
struct PlannedOrder {
    /// A report that can be shown now.
    typealias Turn = (job: Int, planned: PlannedJob, report: JobReport)

    private(set) var jobs: [PlannedJob] = []
    private var reports: [Int: JobReport] = [:]
    /// The first job whose report was not passed on yet.
    private(set) var next = 0

    init(_ jobs: [PlannedJob] = []) {
        self.jobs = jobs
    }

    /// The report of a job that waits for an earlier one.
    func waiting(_ job: Int) -> JobReport? { reports[job] }

    /// Takes a report, and returns every report that can be shown now; a job that is not planned or
    /// whose report was passed on already is ignored.
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

    /// Returns the remaining reports at the end.
    mutating func drain() -> [Turn] {
        let turns = jobs.indices.compactMap { job in
            reports[job].map { (job: job, planned: jobs[job], report: $0) }
        }
        reports = [:]
        next = jobs.count
        return turns
    }
}
