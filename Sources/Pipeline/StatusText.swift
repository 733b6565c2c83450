internal import Glibc
internal import Planning
internal import Remembering
internal import Reporting

extension StatusReport: Answer {
    /// As text for the terminal.
    package var text: String {
        let now = Int64(time(nil))
        var rows = hooks.map { [("hooks", $0)] } ?? []
        rows.append(("branch", branchLine))
        if let tree {
            let what =
                changed > 0
                ? "with \(counted(changed, "changed path", "changed paths")), "
                    + "as `hooks ship` would commit it"
                : "of HEAD; nothing to commit"
            rows.append(("tree", "\(tree.prefix(12)) \(what)"))
        }
        for phase in phases {
            rows.append((phase.name, Self.line(phase, now)))
            for job in phase.jobs where phase.jobs.count > 1 {
                rows.append(("  " + job.name, Self.line(job, now)))
            }
        }
        rows += statistics.rows
        rows.append(("next", next))
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }

    private var branchLine: String {
        guard let branch else { return "none: HEAD is detached" }
        var line = safeName(branch.utf8)
        if isProtected { line += ", protected" }
        if isUnborn { line += ", without a commit" }
        if let state { line += ", in the middle of a \(state)" }
        guard let remote else { return line + ", no remote" }
        if !isThere { return line + ", not on \(remote) yet" }
        if ahead > 0 { line += ", \(ahead) ahead of \(remote)" }
        if behind > 0 { line += ", \(behind) behind \(remote)" }
        return ahead + behind == 0 ? line + ", on \(remote)" : line
    }

    private static func line(_ phase: Phase, _ now: Int64) -> String {
        if phase.jobs.count == 1, let job = phase.jobs.first { return line(job, now) }
        if phase.jobs.isEmpty { return "nothing to do" }
        let names = phase.jobs.filter { $0.status == phase.status }.map(\.name)
        switch phase.status {
        case .passed, .ran:
            let left = phase.jobs.filter { $0.status == .skipped }.map(\.name)
            return left.isEmpty ? "passed" : "passed, without \(left.joined(separator: ", "))"
        case .missing: return "not run: \(names.joined(separator: ", "))"
        case .skipped: return "skipped"
        case .failed: return "failed: \(names.joined(separator: ", "))"
        }
    }

    private static func line(_ job: Job, _ now: Int64) -> String {
        let word =
            switch job.status {
            case .passed: "passed"
            case .ran: "passed, but cannot be cached"
            case .failed: "failed"
            case .missing: "not run"
            case .skipped: "skipped"
            }
        guard let record = job.record else {
            return job.status == .passed ? "passed, cached" : word
        }
        let detail = record.detail.isEmpty ? "" : ", \(safeLine(record.detail.utf8))"
        return
            "\(word) \(ago(now - record.time)) by `\(record.by)` in \(seconds(record.milliseconds))"
            + detail
    }

    /// As one JSON object.
    package var json: String {
        let phases = phases.map { phase in
            JSON.object([
                ("name", .string(phase.name)), ("status", .string(phase.status.rawValue)),
                ("jobs", .array(phase.jobs.map(Self.json))),
            ])
        }
        return JSON.object([
            ("hooks", hooks.map { .string($0) } ?? .null),
            ("branch", branch.map { .string($0) } ?? .null), ("protected", .boolean(isProtected)),
            ("state", state.map { .string($0) } ?? .null),
            ("remote", remote.map { .string($0) } ?? .null), ("on_remote", .boolean(isThere)),
            ("ahead", .integer(ahead)), ("behind", .integer(behind)),
            ("changed", .integer(changed)), ("tree", tree.map { .string($0) } ?? .null),
            ("phases", .array(phases)), ("statistics", statistics.json), ("next", .string(next)),
        ]).text + "\n"
    }

    private static func json(_ job: Job) -> JSON {
        let record = job.record
        return .object([
            ("name", .string(job.name)), ("status", .string(job.status.rawValue)),
            ("time", record.map { .integer(Int($0.time)) } ?? .null),
            ("by", record.map { .string($0.by) } ?? .null),
            ("elapsed_ms", record.map { .integer($0.milliseconds) } ?? .null),
            ("detail", record.map { .string($0.detail) } ?? .null),
        ])
    }
}

extension Statistics {
    fileprivate var rows: [(String, String)] {
        func line(_ times: Times) -> String {
            "median \(seconds(times.median)), 95th percentile \(seconds(times.most)), "
                + "budget \(seconds(times.budget)) (\(counted(times.count, "run", "runs")))"
        }
        var rows: [(String, String)] = []
        if let ship { rows.append(("ship", line(ship))) }
        if let tests { rows.append(("tests", line(tests))) }
        if let passed {
            let runs = counted(passed.of, "run", "runs")
            rows.append(("pass rate", "\(passed.percent) % of \(runs), goal 95 %"))
        }
        return rows
    }

    fileprivate var json: JSON {
        func object(_ times: Times?) -> JSON {
            guard let times else { return .null }
            return .object([
                ("runs", .integer(times.count)), ("p50_ms", .integer(times.median)),
                ("p95_ms", .integer(times.most)), ("budget_ms", .integer(times.budget)),
            ])
        }
        return .object([
            ("ship", object(ship)), ("tests", object(tests)),
            ("pass_percent", passed.map { .integer($0.percent) } ?? .null),
            ("runs", passed.map { .integer($0.of) } ?? .null),
        ])
    }
}

/// As `12.3 s`.
private func seconds(_ milliseconds: Int) -> String {
    milliseconds < 1000
        ? "\(milliseconds) ms" : "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
}

private func ago(_ seconds: Int64) -> String {
    switch seconds {
    case ..<60: "\(max(0, seconds)) s ago"
    case ..<3600: "\(seconds / 60) min ago"
    case ..<86_400: "\(seconds / 3600) h ago"
    default: "\(seconds / 86_400) d ago"
    }
}
