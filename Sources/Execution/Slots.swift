/// Limits how many processes run at the same time; waiting ones start in the order in which
/// they came.
actor Slots {
    /// How many there are.
    package nonisolated let count: Int
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) {
        self.count = max(1, count)
        free = self.count
    }

    /// Runs `body` as soon as there is a free slot.
    func whenFree<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
        let value = await body()
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
        return value
    }
}
