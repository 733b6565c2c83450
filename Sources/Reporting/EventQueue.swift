internal import Synchronization

/// Passes events from the tasks that run jobs to the thread that owns the renderer.
package final class EventQueue: Sendable {
    private let waiting = Mutex<[Event]>([])

    package init() {}

    /// Adds an event; from any thread.
    package func post(_ event: Event) {
        waiting.withLock { $0.append(event) }
    }

    /// Takes all events since the last call, in order.
    package func drain() -> [Event] {
        waiting.withLock { events in
            defer { events.removeAll() }
            return events
        }
    }
}
