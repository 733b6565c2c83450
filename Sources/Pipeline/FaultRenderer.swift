internal import Reporting

/// Passes on only failures, for jobs that run a second time.
final class FaultRenderer: Renderer {
    private let renderer: any Renderer
    private var jobs: [PlannedJob] = []

    init(_ renderer: any Renderer) {
        self.renderer = renderer
    }

    func handle(_ event: Event) {
        switch event {
        case .planned(let jobs): self.jobs = jobs
        case .finished(let job, let report):
            guard report.status == .failed || report.status == .broken || report.status == .fixed
            else { return }
            renderer.handle(.planned([jobs[job]]))
            renderer.handle(.finished(job: 0, report))
        case .started, .paused: return
        default: renderer.handle(event)
        }
    }

    func tick() { renderer.tick() }
    func suspend() { renderer.suspend() }
    func close() { renderer.close() }
    func report(_ error: any Explained) { renderer.report(error) }
}
