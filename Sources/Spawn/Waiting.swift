internal import Dispatch
internal import Synchronization

/// Runs asynchronous work from synchronous code and waits for it.
///
/// The main function stays synchronous: a static binary with an asynchronous main function ends by
/// unwinding its main thread, which takes longer than a whole commit with nothing to do.
///
/// - Parameters:
///   - cancellable: whether an interruption cancels the work.
///   - meanwhile: called on this thread about ten times a second, and once more after the work has
///     finished.
package func waiting<Value: Sendable>(
    cancellable: Bool = true, for work: @Sendable @escaping () async -> Value,
    meanwhile: (() -> Void)? = nil
) -> Value? {
    let done = DispatchSemaphore(value: 0)
    let result = Mutex<Value?>(nil)
    let task = Task {
        let value = await work()
        result.withLock { $0 = value }
        done.signal()
    }
    if cancellable { Interruption.current.cancels(task) }
    if let meanwhile {
        while done.wait(timeout: .now() + .milliseconds(90)) == .timedOut { meanwhile() }
        meanwhile()
    } else {
        done.wait()
    }
    return result.withLock { $0 }
}

/// Runs work that waits for a process, which must not block a thread of the task pool.
package func aside<Value: Sendable>(_ work: @Sendable @escaping () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        DispatchQueue.global().async { continuation.resume(returning: work()) }
    }
}
