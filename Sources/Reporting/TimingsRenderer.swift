package import SystemPackage

/// Passes everything on to another renderer and records when it came, to show at the end where the
/// time of the run went.
package final class TimingsRenderer: Renderer {
    private let inner: any Renderer
    private let writer: ByteWriter
    private let now: () -> Duration
    private var lines: [(title: String, time: Duration)] = []
    private var last: Duration
    private var names: [String] = []
    private var clocks: [Int: Clock] = [:]

    /// - Parameters:
    ///   - descriptor: where the times are printed, usually standard error.
    ///   - now: a clock that only moves forwards, from the start of the program.
    package init(
        _ inner: any Renderer, to descriptor: FileDescriptor, now: @escaping () -> Duration
    ) {
        self.inner = inner
        writer = ByteWriter(descriptor)
        self.now = now
        last = .zero
    }

    package func handle(_ event: Event) {
        switch event {
        case .planned(let jobs): names = jobs.map(\.name)
        case .started(let job): clocks[job, default: Clock()].start(at: now())
        case .paused(let job): clocks[job]?.pause(at: now())
        case .reached(let stage): note(stage)
        case .answer, .finished, .file, .note, .output, .ended, .phaseBegan, .phaseEnded, .table,
            .secrets:
            break
        }
        inner.handle(event)
    }

    package func tick() { inner.tick() }

    package func suspend() { inner.suspend() }

    package func report(_ error: any Explained) { inner.report(error) }

    /// Prints the stages in the order in which they ended, and under the jobs' stage each job with
    /// the time in which a process or check of it ran.
    package func close() {
        note("end")
        var text = "hooks: where the time went\n"
        for (title, time) in lines { text += line(title, time) }
        text += line("all", last)
        writer.write(Array(text.utf8))
        writer.flush()
    }

    private func note(_ stage: String) {
        let moment = now()
        lines.append((stage, moment - last))
        last = moment
        guard stage == "jobs" else { return }
        for job in names.indices {
            if let clock = clocks[job] { lines.append(("  \(names[job])", clock.time(at: moment))) }
        }
    }

    private func line(_ title: String, _ time: Duration) -> String {
        let hundredths =
            time.components.seconds * 100_000
            + time.components.attoseconds / 10_000_000_000_000
        let whole = "\(hundredths / 100)"
        let rest = "\(hundredths % 100)"
        let number = whole + "." + (rest.count < 2 ? "0" + rest : rest)
        let gap = max(1, 34 - title.count - number.count)
        return "  \(title)\(String(repeating: " ", count: gap))\(number) ms\n"
    }
}
