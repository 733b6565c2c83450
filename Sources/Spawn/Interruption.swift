internal import CLinux
internal import Glibc
internal import Synchronization

/// Handles requests of the user or the system to end this process: Ctrl-C, SIGTERM, SIGHUP.
///
/// Until `listen` is called a signal ends the process at once, which is right while nothing runs.
/// From then on the first one cancels the running work, so that it kills its processes and
/// cleans up; the second ends the process.
package final class Interruption: Sendable {
    /// A process has one set of signals, so there is one instance.
    package static let current = Interruption()

    private let state = Mutex(State())

    private struct State {
        var listening = false
        var signal: Int32?
        var task: Task<Void, Never>?
    }

    private init() {}

    /// The received signal, if any.
    package var signal: Int32? { state.withLock { $0.signal } }

    /// Treats the end of the parent process as a request to end.
    package func endWithParent() {
        _ = linux_end_with_parent()
    }

    /// Handles the signals on a separate thread.
    package func listen() {
        let first = state.withLock { state in
            defer { state.listening = true }
            return !state.listening
        }
        guard first else { return }
        // A process whose guard was killed becomes a child of this process, which can kill it.
        _ = linux_become_subreaper()
        var signals = Self.signals
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var thread = pthread_t()
        let failure = pthread_create(&thread, nil, { _ in Interruption.current.wait() }, nil)
        // Without that thread a signal still ends the process, and the guards kill the processes
        // that it started.
        if failure != 0 { pthread_sigmask(SIG_UNBLOCK, &signals, nil) }
    }

    /// The work that the first signal cancels.
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
