package import Reporting

/// Shows nothing and keeps everything.
package final class SilentRenderer: Renderer {
    package private(set) var events: [Event] = []
    package private(set) var errors: [any Explained] = []

    package init() {}

    package func handle(_ event: Event) { events.append(event) }
    package func tick() {}
    package func report(_ error: any Explained) { errors.append(error) }
    package func suspend() {}

    /// The notes that were shown.
    package var notes: [String] {
        events.compactMap { if case .note(let text) = $0 { text } else { nil } }
    }
}
