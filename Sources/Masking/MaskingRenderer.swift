package import Reporting

/// Removes secrets from everything that another renderer shows.
package final class MaskingRenderer: Renderer {
    private let inner: any Renderer
    private var values: @Sendable () -> [[UInt8]]
    private var made: Mask?

    /// - Parameter values: the secrets until an event adds more.
    package init(_ inner: any Renderer, _ values: @escaping @Sendable () -> [[UInt8]]) {
        self.inner = inner
        self.values = values
    }

    package func handle(_ event: Event) {
        switch event {
        case .secrets(let values):
            self.values = values
            made = nil
        case .finished(let job, let report): inner.handle(.finished(job: job, hidden(report)))
        case .file(let note):
            inner.handle(.file(FileNote(path: note.path, text: mask.hide(note.text))))
        case .note(let text): inner.handle(.note(mask.hide(text)))
        case .answer(let answer):
            inner.handle(
                .answer(MaskedAnswer(text: mask.hide(answer.text), json: mask.hide(answer.json))))
        case .output(let bytes): inner.handle(.output(mask.hide(bytes)))
        case .ended(var summary):
            summary.message = mask.hide(summary.message)
            summary.hints = summary.hints.map { mask.hide($0) }
            inner.handle(.ended(summary))
        case .planned, .started, .paused, .phaseBegan, .phaseEnded, .table, .reached:
            inner.handle(event)
        }
    }

    /// Created when there is text to hide secrets in: most runs print nothing.
    private var mask: Mask {
        if let made { return made }
        let mask = Mask(values())
        made = mask
        return mask
    }

    private func hidden(_ report: JobReport) -> JobReport {
        var report = report
        report.output = report.output.isEmpty ? [] : mask.hide(report.output)
        report.diff = report.diff.isEmpty ? [] : mask.hide(report.diff)
        report.reason = report.reason.map { mask.hide($0) }
        report.detail = report.detail.map { mask.hide($0) }
        report.hints = report.hints.map { mask.hide($0) }
        return report
    }

    package func tick() { inner.tick() }
    package func suspend() { inner.suspend() }
    package func close() { inner.close() }

    package func report(_ error: any Explained) {
        inner.report(
            Failure(
                message: mask.hide(error.message), hints: error.hints.map { mask.hide($0) },
                exitStatus: error.exitStatus))
    }
}

/// Requested output without secrets.
private struct MaskedAnswer: Answer {
    let text: String
    let json: String
}
