/// The lines of jobs: one aligned line each, with details below it.
struct JobLines {
    /// The width of the longest status, including `running`.
    private static let statusWidth = 7
    private static let timeWidth = 7
    private let nameWidth: Int
    private let filesWidth: Int

    init(_ jobs: [PlannedJob]) {
        nameWidth = min(40, jobs.map { displayWidth(safeLine($0.name.utf8)) }.max() ?? 0)
        let files = jobs.map(\.files).max() ?? 0
        let longest =
            files > 1 ? filesText(files, fixed: files - 1) : filesText(files, fixed: files)
        filesWidth = files > 0 ? longest.utf8.count : 0
    }

    /// The line of a job that runs, or has run and may do so again.
    func running(_ job: PlannedJob, for elapsed: Duration, isPaused: Bool) -> StyledLine {
        var line = StyledLine()
        line.add(safeLine(job.name.utf8), padding: nameWidth)
        line.add("  \(isPaused ? "ran    " : "running") \(tenthsText(elapsed))", .dim)
        return line
    }

    /// The line of a job that ended.
    func finished(_ job: PlannedJob, _ report: JobReport) -> StyledLine {
        var line = StyledLine()
        line.add(safeLine(job.name.utf8), padding: nameWidth)
        line.add("  ")
        line.add(report.status.rawValue, report.status.style, padding: JobLines.statusWidth)
        line.add("  ")
        if report.status == .skipped {
            line.add(safeLine((report.reason ?? "").utf8), .dim)
            return line
        }
        // A job without file names shows no number of files.
        let isGivenNone = job.files == 0 && report.fixedFiles.isEmpty
        let files =
            report.detail
            ?? (isGivenNone ? "" : filesText(report.files, fixed: report.fixedFiles.count))
        line.add(files, padding: filesWidth)
        if filesWidth > 0 || !files.isEmpty { line.add("  ") }
        line.add(elapsedText(report.elapsed), .dim, padding: JobLines.timeWidth, atEnd: true)
        return line
    }

    /// The details below the line of a job, indented: reason, files, output, hints; `color` is for
    /// the output.
    func details(_ report: JobReport, verbosity: Verbosity, color: Bool) -> [StyledLine] {
        var lines: [StyledLine] = []
        if let reason = report.reason, report.status != .skipped {
            lines += textLines(reason, indent: "  ", report.status.isBad ? .red : .plain)
        }
        if verbosity == .verbose {
            lines += report.fixedFiles.map { StyledLine("  " + safeLine($0.utf8)) }
        }
        if report.status.isBad || verbosity == .verbose {
            lines += outputLines(report.output, color: color)
        }
        return lines + report.hints.flatMap { hintLines($0, indent: "  ") }
    }

    private func outputLines(_ output: [UInt8], color: Bool) -> [StyledLine] {
        let tail = OutputTail(of: safeOutput(output, color: color))
        var lines: [StyledLine] = []
        if tail.cutsLine {
            lines.append(
                StyledLine("  ... the start is left out; the end of a long line follows", .dim))
        } else if tail.leftOut > 0 {
            let count = counted(tail.leftOut, "line", "lines")
            lines.append(
                StyledLine("  ... \(count) left out; the last \(tail.lines.count) follow", .dim))
        }
        return lines + tail.lines.map { $0.isEmpty ? StyledLine() : StyledLine("  " + $0) }
    }
}

extension JobReport.Status {
    /// Whether a person must act.
    var isBad: Bool { self == .failed || self == .broken }

    /// The style of the word.
    var style: StyledLine.Style {
        switch self {
        case .passed, .known: .green
        case .fixed: .yellow
        case .failed, .broken: .boldRed
        case .skipped: .dim
        }
    }
}

/// A text after a label, such as `hint:`; lines after its first are indented below it.
func textLines(
    _ text: String, label: String = "", _ labelStyle: StyledLine.Style = .plain,
    indent: String = "",
    _ style: StyledLine.Style = .plain
) -> [StyledLine] {
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    return parts.enumerated().map { position, part in
        var line = StyledLine(indent)
        if position == 0, !label.isEmpty {
            line.add(label, labelStyle)
            line.add(" ")
        } else if position > 0 {
            line.add("  ")
        }
        line.add(safeLine(part.utf8), style)
        return line
    }
}

/// The lines of one hint.
func hintLines(_ hint: String, indent: String = "") -> [StyledLine] {
    textLines(hint, label: "hint:", .cyan, indent: indent)
}

/// `1 file`, `12 files`, `3 of 12 files fixed`, `12 files fixed`, or nothing.
func filesText(_ files: Int, fixed: Int) -> String {
    if fixed <= 0 { return files > 0 ? counted(files, "file", "files") : "" }
    if fixed >= files { return counted(fixed, "file", "files") + " fixed" }
    return "\(fixed) of \(counted(files, "file", "files")) fixed"
}
