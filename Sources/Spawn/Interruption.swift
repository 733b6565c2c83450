internal import CLinux
internal import Glibc
internal import Synchronization

/// What happens when the user or the system asks this process to end: Ctrl-C, SIGTERM, SIGHUP.
///
/// Until `listen` is called a signal ends the process at once, which is right while nothing runs.
/// From then on the first one calls the running work off, so that it ends what it started and
/// tidies up; the second ends the process.
package final class Interruption: Sendable {
    /// There is one set of signals in a process, and so one of these.
    package static let current = Interruption()

    private let state = Mutex(State())

    private struct State {
        var listening = false
        var signal: Int32?
        var task: Task<Void, Never>?
    }

    private init() {}

    /// The signal that came, if one did.
    package var signal: Int32? { state.withLock { $0.signal } }

    /// Takes the end of the process that started this one for a request to end.
    package func endWithParent() {
        _ = linux_end_with_parent()
    }

    /// Takes the signals over, on a thread of their own.
    package func listen() {
        let first = state.withLock { state in
            defer { state.listening = true }
            return !state.listening
        }
        guard first else { return }
        // What loses its guard becomes a child of this process, which can end it.
        _ = linux_become_subreaper()
        var signals = Self.signals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { _ in Interruption.current.wait() }, nil)
        // Without that thread a signal still ends the process, and the guards end what it started.
        if failure != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
    }

    /// The work that the first signal calls off.
    func cancels(_ task: Task<Void, Never>) {
        let interrupted = state.withLock { state in
            state.task = task
            return state.signal != nil
        }
        if interrupted { task.cancel() }
    }

    private static var signals: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, number) }
        return signals
    }

    private func wait() -> UnsafeMutableRawPointer? {
        var signals = Self.signals
        while true {
            var number: Int32 = 0
            guard sigwait(&signals, &number) == 0 else { continue }
            let (first, task) = state.withLock { state in
                defer { state.signal = state.signal ?? number }
                return (state.signal, state.task)
            }
            if let first { _exit(128 + first) }
            task?.cancel()
        }
    }
}
