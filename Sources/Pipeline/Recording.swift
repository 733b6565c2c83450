internal import Configuration
internal import Execution
internal import Git
internal import GitHooks
internal import Glibc
internal import Planning
internal import Remembering
internal import Reporting
internal import Spawn
internal import SystemPackage

/// Keeps what ran for `hooks status`, without the secrets that it printed.
struct Recording {
    private let log: RunLog
    private let mask: Mask
    private let by: String
    /// The run's identifier, shared by all its jobs.
    private let run: String

    init(_ repository: Repository, _ settings: LogSettings, _ context: Context, by: String) {
        log = RunLog(repository)
        mask = Mask(settings, context.environment)
        self.by = by
        run = String(UInt64.random(in: .min ... .max), radix: 36)
    }

    /// Keeps the jobs of one phase.
    func add(_ plan: Plan, _ result: JobRun.Result, phase: String, tree: ObjectID) {
        let now = Int64(time(nil))
        let records = plan.steps.indices.map { step -> RunRecord in
            let report = result.outcome.reports[step]
            let job = plan.steps[step].job.name
            let reason = report.reason.map { "\($0)\n" } ?? ""
            let words = Array(reason.utf8) + report.output + report.diff
            let output =
                report.status == .known
                ? nil : log.keep(mask.hide(words), as: "\(now)-\(run)-\(job)")
            return RunRecord(
                time: now, run: run, by: by, tree: tree.hex, phase: phase, job: job,
                fact: result.facts[step]?.hex ?? "",
                status: report.status.rawValue, milliseconds: Int(report.elapsed.milliseconds),
                detail: report.detail ?? report.reason ?? "", output: output ?? "")
        }
        log.add(records)
    }

    /// Keeps what the run as a whole came to.
    func end(tree: ObjectID?, status: ExitStatus, elapsed: Duration) {
        log.add([
            RunRecord(
                time: Int64(time(nil)), run: run, by: by, tree: tree?.hex ?? "", phase: "", job: "",
                fact: "", status: status == .fine ? "passed" : "failed",
                milliseconds: Int(elapsed.milliseconds))
        ])
    }
}

/// Takes the values of secret variables out of what is kept.
struct Mask {
    private let secrets: [[UInt8]]

    init(_ settings: LogSettings, _ environment: ProcessEnvironment) {
        let values = environment.rows.compactMap { row -> [UInt8]? in
            guard let end = row.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            let name = Array(row[..<end])
            let value = Array(row[row.index(after: end)...])
            let isSecret = settings.secret.contains { $0.matches(branch: name) }
            // A value of a few letters would be found everywhere.
            return isSecret && value.count >= 4 ? value : nil
        }
        // A value that contains another goes first.
        secrets = values.sorted { $0.count > $1.count }
    }

    /// The text with `***` in place of each secret.
    func hide(_ text: [UInt8]) -> [UInt8] {
        secrets.reduce(text) { $0.replacing($1, with: Array("***".utf8)) }
    }
}
