/// A phase that begins.
package struct PhaseTitle: Equatable, Sendable {
    package var name: String
    /// How long the whole run should take; nil without a budget.
    package var budget: Duration?
    /// How long the run has been running.
    package var spent: Duration

    package init(name: String, budget: Duration? = nil, spent: Duration = .zero) {
        self.name = name
        self.budget = budget
        self.spent = spent
    }
}

/// How a phase ended.
package struct PhaseReport: Equatable, Sendable {
    package enum Status: String, Sendable {
        case passed
        /// All of its results are cached.
        case known
        case failed
        case broken
        /// It did not run; `detail` says why.
        case skipped
    }

    package var name: String
    package var status: Status
    package var elapsed: Duration
    /// A short detail: `3 jobs`.
    package var detail: String

    package init(
        name: String, status: Status, elapsed: Duration = .zero, detail: String = ""
    ) {
        self.name = name
        self.status = status
        self.elapsed = elapsed
        self.detail = detail
    }
}

/// The phases of a run, and the time of the whole run.
package struct PhaseTable: Equatable, Sendable {
    package var phases: [PhaseReport]
    package var total: Duration
    package var budget: Duration?

    package init(phases: [PhaseReport], total: Duration, budget: Duration? = nil) {
        self.phases = phases
        self.total = total
        self.budget = budget
    }
}

extension PhaseReport.Status {
    var style: StyledLine.Style {
        switch self {
        case .passed, .known: .green
        case .failed, .broken: .boldRed
        case .skipped: .dim
        }
    }
}

/// The lines of phases.
enum PhaseLines {
    /// The line above the jobs of a phase while it runs.
    static func running(_ title: PhaseTitle, for elapsed: Duration) -> StyledLine {
        var line = StyledLine(safeLine(title.name.utf8), .bold)
        line.add("  \(tenthsText(elapsed))", .dim)
        if let budget = title.budget {
            line.add("  (\(tenthsText(title.spent + elapsed)) of \(tenthsText(budget)))", .dim)
        }
        return line
    }

    /// The line that stays.
    static func began(_ title: PhaseTitle) -> StyledLine {
        StyledLine("== " + safeLine(title.name.utf8), .bold)
    }

    /// The table at the end: one line per phase, and the total.
    static func table(_ table: PhaseTable) -> [StyledLine] {
        let width = max(5, table.phases.map { displayWidth(safeLine($0.name.utf8)) }.max() ?? 0)
        var lines = [StyledLine()]
        for phase in table.phases {
            var line = StyledLine()
            line.add(safeLine(phase.name.utf8), padding: width)
            line.add("  ")
            line.add(phase.status.rawValue, phase.status.style, padding: 7)
            line.add("  ")
            let time = phase.status == .skipped ? "" : elapsedText(phase.elapsed)
            line.add(time, .dim, padding: 7, atEnd: true)
            line.add("  " + safeLine(phase.detail.utf8), .dim)
            lines.append(line)
        }
        var total = StyledLine()
        total.add("total", .bold, padding: width)
        total.add("           ")
        total.add(elapsedText(table.total), .bold, padding: 7, atEnd: true)
        if let budget = table.budget {
            let isOver = table.total > budget
            total.add(
                "  \(isOver ? "over the" : "of the") budget of \(tenthsText(budget))",
                isOver ? .yellow : .dim)
        }
        return lines + [total]
    }

    /// The members of an event in JSON.
    static func json(_ phase: PhaseReport) -> [(key: String, value: JSON)] {
        [
            ("phase", .string(phase.name)), ("status", .string(phase.status.rawValue)),
            ("elapsed_ms", .integer(phase.elapsed.milliseconds)),
            ("detail", .string(phase.detail)),
        ]
    }
}
