/// A set of positions, steps of a plan or files of a snapshot: a bit for each.
package struct Positions: Sendable {
    /// The first 64, which is enough for most plans; they need no allocation.
    private var first: UInt64 = 0
    private var more: [UInt64] = []

    package init() {}

    package init(_ positions: [Int]) {
        more.reserveCapacity((positions.last ?? 0) / 64)
        for position in positions { insert(position) }
    }

    package func contains(_ position: Int) -> Bool {
        if position < 64 { return first >> UInt64(position) & 1 == 1 }
        let word = position / 64 - 1
        return word < more.count && more[word] >> UInt64(position % 64) & 1 == 1
    }

    package mutating func insert(_ position: Int) {
        if position < 64 {
            first |= 1 << UInt64(position)
            return
        }
        let word = position / 64 - 1
        while more.count <= word { more.append(0) }
        more[word] |= 1 << UInt64(position % 64)
    }
}
