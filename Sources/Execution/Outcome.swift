internal import Files
internal import Planning
package import Reporting
internal import Stage
package import Staging
internal import SystemPackage
internal import Tools
internal import Workplaces

/// The outcome of a run: a report for each job, and the fixes that may be published.
package struct Outcome: Sendable {
    /// By position in the plan.
    package var reports: [JobReport]
    /// Empty if a job was broken: then nothing is published.
    package var fixes: [Fix]

    /// Whether a job has this status.
    package func has(_ status: JobReport.Status) -> Bool {
        reports.contains { $0.status == status }
    }

    /// - Parameter isConfigured: whether the project configures a tool in the tool's own way.
    init(
        _ result: Execution.Result, of plan: Plan, known: Set<Int>, strays: [FilePath],
        isConfigured: (Tool) -> Bool
    ) {
        reports = plan.steps.indices.map { Self.report(of: $0, plan, known, result) }
        fixes = []
        Self.blame(strays, plan, &reports)
        if let quarrel = result.quarrel { tell(quarrel, plan, result, isConfigured) }
        let broken = plan.steps.indices.filter { reports[$0].status == .broken }
        guard broken.isEmpty else {
            let names = broken.map { "`\(plan.steps[$0].job.name)`" }.joined(separator: " and ")
            for step in reports.indices {
                withdraw(step, because: "\(names) \(broken.count == 1 ? "is" : "are") broken")
            }
            return
        }
        fixes = result.fixed.map {
            Fix(file: plan.snapshot.files[$0.position], before: $0.before, after: $0.now)
        }
        fixes += result.generated.sorted { $0.key.string < $1.key.string }
            .compactMap(\.value.file.fix)
    }

    /// A fix that is not published is reported as not applied.
    private mutating func withdraw(_ step: Int, because reason: String) {
        let files = reports[step].fixedFiles
        reports[step].fixedFiles = []
        guard !files.isEmpty, reports[step].status != .broken else { return }
        let lost = "its fix of \(Self.list(files)) is not applied, because \(reason)"
        reports[step].reason = [reports[step].reason, lost].compactMap(\.self).joined(
            separator: "; ")
        reports[step].status = .failed
    }

    /// Fixers that undo each other have failed; fixes of other jobs in these files are lost, too.
    private mutating func tell(
        _ quarrel: Rounds.Quarrel, _ plan: Plan, _ result: Execution.Result,
        _ isConfigured: (Tool) -> Bool
    ) {
        let names = quarrel.steps.map { "`\(plan.steps[$0].job.name)`" }
        let files = quarrel.files.map { safeName(result.files[$0].path) }
        let what =
            names.count < 2
            ? "\(names.first ?? "a fixer") changes \(Self.list(files)) again each time it runs"
            : "\(names.joined(separator: " and ")) undo each other's changes to \(Self.list(files))"
        let hints = Self.hints(for: quarrel.steps.map { plan.steps[$0].job }, isConfigured)
        for step in reports.indices where reports[step].status != .broken {
            if quarrel.steps.contains(step) {
                reports[step].status = .failed
                reports[step].reason = what
                reports[step].hints = hints
            } else {
                let lost = quarrel.files.filter(result.changes[step].contains)
                    .map { safeName(result.files[$0].path) }
                if lost.isEmpty { continue }
                reports[step].status = .failed
                reports[step].reason =
                    "its fix of \(Self.list(lost)) is not applied, because \(what)"
            }
        }
    }

    private static func hints(
        for jobs: [Job], _ isConfigured: (Tool) -> Bool
    ) -> [String] {
        guard jobs.count > 1 else {
            return [
                "a fixer must not change files that it has just fixed; correct it, or leave these files out with `exclude`"
            ]
        }
        if let hint = Catalogue.peace(between: jobs.map { $0.tool?.name ?? $0.name }) {
            return [hint]
        }
        let tools = jobs.compactMap(\.tool)
        let isBesideBlack = tools.contains { $0.name == "black" || $0.name == "ruff-format" }
        let settings = tools.compactMap { tool in
            tool.blackSetting.map { setting in
                isConfigured(tool)
                    ? "make `\(tool.name)` format as black does: set `\(setting)` in its configuration, and the same line length"
                    : "set `\(setting)` in `[tool.\(tool.name)]` of `pyproject.toml`, so that `\(tool.name)` formats as black does"
            }
        }
        return isBesideBlack && !settings.isEmpty
            ? settings
            : ["let only one of them change these files: adapt its configuration, or use `exclude`"]
    }

    /// Up to three names of files.
    private static func list(_ names: [String]) -> String {
        let more = names.count > 3 ? " and \(names.count - 3) more" : ""
        return names.prefix(3).joined(separator: ", ") + more
    }

    /// Nothing was run, because all results are cached.
    init(allKnown plan: Plan) {
        fixes = []
        reports = plan.steps.map { Self.report(ofIdle: $0, isKnown: true) }
    }

    /// The report of a job that was not run, because it was skipped, its result is cached, or it
    /// has nothing to check.
    private static func report(ofIdle planned: Plan.Step, isKnown: Bool) -> JobReport {
        if let skipped = planned.skipped {
            return JobReport(
                status: .skipped, files: planned.count, reason: skipped, hints: planned.hints)
        }
        let hasSomething = planned.job.isWholeTree || planned.count > 0
        var report = JobReport(
            status: isKnown && hasSomething ? .known : .passed, files: planned.count)
        if planned.job.isWholeTree || !planned.job.passesFiles { report.detail = "cached" }
        report.tell(passedOver: planned.excluded)
        return report
    }

    /// Adds jobs whose programs or history are missing; so nothing is published.
    ///
    /// Each hint is shown once, at the last job that it is for.
    mutating func add(_ missing: [Int: any Explained], of plan: Plan, skipHint: String?) {
        var said: Set<String> = []
        let last = missing.keys.max()
        for (step, error) in missing.sorted(by: { $0.key > $1.key }) {
            var hints = error.hints.filter { said.insert($0).inserted }
            if step == last, let skipHint { hints.append(skipHint) }
            reports[step] = JobReport(
                status: .broken, files: plan.steps[step].count, reason: error.message, hints: hints)
        }
        fixes = []
        for step in reports.indices { withdraw(step, because: "another job cannot run") }
    }

    private static func report(
        of step: Int, _ plan: Plan, _ known: Set<Int>, _ result: Execution.Result
    ) -> JobReport {
        let planned = plan.steps[step]
        if planned.skipped != nil || known.contains(step) {
            return report(ofIdle: planned, isKnown: true)
        }
        guard let verdict = combined(result.verdicts[step]) else {
            let own = Positions(planned.files)
            let files = result.files.filter { own.contains($0.position) }
            if files.allSatisfy({ !$0.isNews(to: step) }) {
                return report(ofIdle: planned, isKnown: files.allSatisfy { $0.isKnown(to: step) })
            }
            if let failure = result.failure {
                return JobReport(status: .broken, files: planned.count, reason: failure)
            }
            let reason = result.stoppedBy.map { "`\(plan.steps[$0].job.name)` failed (fail_fast)" }
            return JobReport(
                status: .skipped, files: planned.count, reason: reason ?? "another job is broken")
        }
        let wasFixed = Set(result.fixed.map(\.position))
        let fixed = result.changes[step].sorted()
            .filter { wasFixed.contains(result.files[$0].position) }
            .map { safeName(result.files[$0].path) }
        let generated = result.generated.values
            .filter { $0.steps.contains(step) && $0.file.fix != nil }
            .map { safeName($0.file.path) }.sorted()
        var report = JobReport(
            status: fixed.isEmpty && generated.isEmpty ? .passed : .fixed, files: planned.count,
            fixedFiles: fixed + generated,
            elapsed: verdict.elapsed, reason: verdict.reason, hints: verdict.hints,
            output: verdict.output)
        report.detail = verdict.detail
        switch verdict.kind {
        case .fine where verdict.hasNothing:
            report.status = .skipped
            report.reason = verdict.reason ?? "it found nothing to run"
        case .fine: break
        case .findings: report.status = .failed
        case .broken: report.status = .broken
        }
        guard report.status == .passed else { return report }
        if verdict.unseen > 0, verdict.unseen >= planned.count {
            report.status = .skipped
            report.reason =
                planned.job.isExternal
                ? ToolExclusions.reason : "none of its files is text that it reads"
        } else {
            report.files -= verdict.unseen
            report.tell(passedOver: verdict.unseen + planned.excluded)
        }
        return report
    }

    private static func combined(_ verdicts: [JobVerdict?]) -> JobVerdict? {
        verdicts.compactMap { $0 }.reduce(nil as JobVerdict?) { all, next in
            guard var all else { return next }
            all.add(next, atTheSameTime: true)
            return all
        }
    }

    /// New files in the overlay were written by one of the project's own jobs.
    private static func blame(_ strays: [FilePath], _ plan: Plan, _ reports: inout [JobReport]) {
        guard !strays.isEmpty else { return }
        let suspects = plan.steps.indices.filter { step in
            plan.steps[step].job.isProjects && reports[step].hasRun
        }
        let names = suspects.map { "`\(plan.steps[$0].job.name)`" }.joined(separator: " or ")
        let files = list(strays.map { safeName($0) })
        for step in suspects where reports[step].status != .broken {
            reports[step].status = .broken
            reports[step].reason = "\(names) wrote or removed \(files), which is not allowed"
            reports[step].hints = [
                "only a job with `fixes = true` may change files, and only those that it is given"
            ]
        }
    }
}

extension JobReport {
    /// Reports that the job's tool skipped some of its files.
    fileprivate mutating func tell(passedOver count: Int) {
        guard count > 0, detail == nil, [.passed, .known].contains(status) else { return }
        detail = "\(files) of \(counted(files + count, "file", "files"))"
    }
}
