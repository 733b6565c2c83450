internal import Synchronization

/// Events on their way from the tasks that run jobs to the thread that owns the renderer.
package final class EventQueue: Sendable {
    private let waiting = Mutex<[Event]>([])

    package init() {}

    /// Adds an event; from any thread.
    package func post(_ event: Event) {
        waiting.withLock { $0.append(event) }
    }

    /// Takes all events that came since the last time, in the order in which they came.
    package func drain() -> [Event] {
        waiting.withLock { events in
            defer { events.removeAll() }
            return events
        }
    }
}
