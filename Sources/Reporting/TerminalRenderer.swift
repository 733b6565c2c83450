package import SystemPackage

/// Shows a run on a terminal: events on one stream, data such as diffs on another.
///
/// On a terminal the running jobs are redrawn in place, below the final lines. Elsewhere,
/// and if a terminal is too narrow or cannot move its cursor, lines are only added. Either
/// way the final lines are the same, in planned order.
package final class TerminalRenderer: Renderer {
    /// A stream and its properties.
    package struct Stream {
        package var descriptor: FileDescriptor
        package var terminal: Terminal

        package init(_ descriptor: FileDescriptor, _ terminal: Terminal) {
            self.descriptor = descriptor
            self.terminal = terminal
        }
    }

    private let messages: ByteWriter
    private let data: ByteWriter
    private var terminal: Terminal
    private let dataTerminal: Terminal
    private let verbosity: Verbosity
    private let now: () -> Duration

    private var order = PlannedOrder()
    private var layout = JobLines([])
    /// When each job began, by the clock given.
    private var clocks: [Int: Clock] = [:]
    private var live = LiveRegion()
    /// The running phase, and when it began.
    private var phase: (title: PhaseTitle, since: Duration)?
    /// Whether the line above the phase's jobs is not shown yet: there may be nothing below it.
    private var awaitsTitle = false
    /// The jobs that have a line already; a job whose result is cached in a later phase gets no
    /// second one.
    private var shown: Set<String> = []
    /// The lines that were shown, and are not repeated.
    private var said: Set<String> = []

    /// Creates a renderer for one run; `messages` is usually standard error, `data` standard
    /// output.
    ///
    /// `now` is a clock that only moves forwards, from any start.
    package init(
        messages: Stream, data: Stream, verbosity: Verbosity = .normal,
        now: @escaping () -> Duration
    ) {
        self.messages = ByteWriter(messages.descriptor)
        self.data = ByteWriter(data.descriptor)
        self.terminal = messages.terminal
        self.dataTerminal = data.terminal
        self.verbosity = verbosity
        self.now = now
    }

    package func handle(_ event: Event) {
        switch event {
        case .planned(let jobs):
            finish(order.drain())
            order = PlannedOrder(jobs)
            layout = JobLines(jobs)
            clocks = [:]
        case .started(let job):
            clocks[job, default: Clock()].start(at: now())
        case .paused(let job):
            clocks[job]?.pause(at: now())
        case .finished(let job, let report):
            finish(order.finish(job, report))
        case .phaseBegan(let title):
            finish(order.drain())
            order = PlannedOrder()
            phase = (title, now())
            awaitsTitle = verbosity != .quiet
        case .phaseEnded:
            finish(order.drain())
            phase = nil
        case .table(let table):
            finish(order.drain())
            if verbosity != .quiet { show(PhaseLines.table(table)) }
        case .file(let note):
            if verbosity != .quiet {
                show(textLines(note.text, label: safeLine(note.path.utf8) + ":"))
            }
        case .answer(let answer): showData(Array(answer.text.utf8))
        case .output(let bytes):
            showData(
                dataTerminal.isTerminal ? Array(safeOutput(bytes, color: true).utf8) : bytes)
        case .note(let text):
            if verbosity != .quiet, said.insert(text).inserted {
                show(textLines(text, label: "note:", .dim))
            }
        case .reached, .secrets: break
        case .ended(let summary):
            end(summary)
        }
    }

    package func tick() {
        guard verbosity != .quiet else { return }
        if terminal.isTerminal, let size = Terminal.size(of: messages.descriptor) {
            terminal.columns = size.columns
            terminal.rows = size.rows
        }
        redraw()
        messages.flush()
    }

    package func report(_ error: any Explained) {
        finish(order.drain())
        phase = nil
        show(
            textLines(error.message, label: "error:", .boldRed)
                + error.hints.flatMap { hintLines($0) })
    }

    package func suspend() {
        messages.write(live.erase(on: terminal))
        messages.flush()
    }

    private func end(_ summary: Summary) {
        finish(order.drain())
        phase = nil
        guard verbosity != .quiet || summary.exitStatus != .fine else { return }
        var lines: [StyledLine] = []
        if !summary.message.isEmpty {
            let style: StyledLine.Style = summary.exitStatus == .fine ? .bold : .boldRed
            lines += textLines(summary.message, label: "hooks:", style)
        }
        show(lines + summary.hints.flatMap { hintLines($0) })
    }

    /// Shows the final lines of jobs, in order.
    private func finish(_ turns: [PlannedOrder.Turn]) {
        for turn in turns {
            if isShown(turn) {
                shown.insert(turn.planned.name)
                if awaitsTitle, let phase { show([PhaseLines.began(phase.title)]) }
                awaitsTitle = false
                var report = turn.report
                report.hints = report.hints.filter { said.insert("hint: " + $0).inserted }
                show(
                    [layout.finished(turn.planned, report)]
                        + layout.details(report, verbosity: verbosity, color: terminal.color))
            }
            showDiff(turn.report.diff)
        }
    }

    /// Whether a job gets a line: not a job that had nothing to check and therefore never ran.
    private func isShown(_ turn: PlannedOrder.Turn) -> Bool {
        if turn.report.status.isBad { return true }
        if verbosity == .quiet { return false }
        if ![.passed, .known].contains(turn.report.status) { return true }
        let hasRun = clocks[turn.job] != nil
        if phase != nil, !hasRun, shown.contains(turn.planned.name), verbosity != .verbose {
            return false
        }
        return hasRun || turn.report.files > 0 || turn.report.detail != nil
    }

    /// Adds final lines above the running jobs.
    private func show(_ lines: [StyledLine]) {
        guard !lines.isEmpty else { return }
        let wasLive = !live.isEmpty
        messages.write(live.erase(on: terminal))
        for line in lines { messages.write(line.text(color: terminal.color) + "\n") }
        if wasLive { redraw() }
        messages.flush()
    }

    /// Writes a diff to the data stream: the bytes themselves for a program, safe text for a
    /// person.
    private func showDiff(_ diff: [UInt8]) {
        guard !diff.isEmpty else { return }
        if dataTerminal.isTerminal || dataTerminal.color {
            showData(Array(diffText(diff, color: dataTerminal.color).utf8))
        } else {
            showData(diff.last == UInt8(ascii: "\n") ? diff : diff + [UInt8(ascii: "\n")])
        }
    }

    /// Writes bytes to the data stream, with nothing of a live region between them.
    private func showData(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let wasLive = !live.isEmpty
        suspend()
        data.write(bytes)
        data.flush()
        if wasLive { redraw() }
        messages.flush()
    }

    /// Draws the running jobs, and finished jobs that wait for an earlier one.
    private func redraw() {
        guard terminal.isLive else {
            messages.write(live.erase(on: terminal))
            return
        }
        let time = now()
        let lines = (order.next..<order.jobs.count).compactMap { job -> StyledLine? in
            let planned = order.jobs[job]
            if let report = order.waiting(job) {
                return isShown((job, planned, report)) ? layout.finished(planned, report) : nil
            }
            return clocks[job].map { clock in
                layout.running(planned, for: clock.time(at: time), isPaused: clock.isPaused)
            }
        }
        let title = phase.map { PhaseLines.running($0.title, for: time - $0.since) }
        messages.write(live.redraw((title.map { [$0] } ?? []) + lines, on: terminal))
    }
}
