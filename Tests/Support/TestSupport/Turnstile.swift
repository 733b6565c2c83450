internal import Dispatch
package import Testing

/// Tests that start many processes run a few at a time, on threads of their own: the threads that
/// all tests share would do nothing but wait for these processes, while what has to happen in time
/// elsewhere does not happen.
package struct InTurn: TestTrait, SuiteTrait, TestScoping {
    package let isRecursive = true

    private static let turnstile = Turnstile(width: 3)
    private static let threads = OwnThreads()

    @concurrent package func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await Self.turnstile.enter()
        do {
            try await withTaskExecutorPreference(Self.threads) { try await function() }
        } catch {
            await Self.turnstile.leave()
            throw error
        }
        await Self.turnstile.leave()
    }
}

extension Trait where Self == InTurn {
    /// Starts many processes, or waits for them.
    package static var inTurn: Self { InTurn() }
}

/// Every piece of work has a thread for as long as it takes.
private final class OwnThreads: TaskExecutor {
    private let queue = DispatchQueue(label: "tests", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Lets so many through at a time.
private actor Turnstile {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(width: Int) { free = width }

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
