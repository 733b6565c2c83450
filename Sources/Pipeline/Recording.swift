internal import Configuration
internal import Execution
internal import Git
internal import GitHooks
internal import GitIndex
internal import Glibc
internal import Masking
internal import Notation
internal import Planning
internal import Remembering
internal import Reporting
internal import Spawn
internal import SystemPackage

/// Stores the results and output of jobs for `hooks status`, without secrets.
struct Recording {
    private let log: RunLog
    private let settings: LogSettings
    private let environment: ProcessEnvironment
    private let by: String
    /// The run's identifier, shared by all its jobs.
    private let run: String

    init(_ repository: Repository, _ settings: LogSettings, _ context: Context, by: String) {
        log = RunLog(repository)
        (self.settings, environment) = (settings, context.environment)
        self.by = by
        run = String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Stores the jobs of one phase.
    func add(_ plan: Plan, _ result: JobRun.Result, phase: String, tree: ObjectID) {
        let now = Int64(time(nil))
        let jobs = plan.steps.map(\.job)
        let mask = Mask(secretValues(in: environment, settings, jobs: jobs))
        let records = plan.steps.indices.map { step -> RunRecord in
            let report = result.outcome.reports[step]
            let job = plan.steps[step].job.name
            let reason = report.reason.map { "\($0)\n" } ?? ""
            let words = [Array(reason.utf8), report.output, report.diff].flatMap(mask.hide)
            let output =
                report.status == .known ? nil : log.keep(words, as: "\(now)-\(run)-\(job)")
            return RunRecord(
                time: now, run: run, by: by, tree: tree.hex, phase: phase, job: job,
                fact: result.facts[step]?.hex ?? "",
                status: report.hasFoundNothing ? RunRecord.idle : report.status.rawValue,
                milliseconds: Int(report.elapsed.milliseconds),
                detail: mask.hide(report.detail ?? report.reason ?? ""), output: output ?? "")
        }
        log.add(records)
    }

    /// Stores the result of the whole run.
    ///
    /// - Parameter isPartial: whether jobs were skipped.
    func end(tree: ObjectID?, status: ExitStatus, isPartial: Bool, elapsed: Duration) {
        let word =
            switch status {
            case .fine: isPartial ? "skipped" : "passed"
            case .failed: "failed"
            default: "broken"
            }
        log.add([
            RunRecord(
                time: Int64(time(nil)), run: run, by: by, tree: tree?.hex ?? "", phase: "", job: "",
                fact: "", status: word,
                milliseconds: Int(elapsed.milliseconds))
        ])
    }
}
