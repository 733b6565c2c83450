import TestSupport

/// Makes inputs for a door from its examples; the same ones for the same seed.
package struct Mutation {
    private var random: SeededGenerator
    private let door: Door
    private let seeds: [[UInt8]]

    package init(of door: Door, seed: UInt64) {
        self.door = door
        seeds = door.seeds + door.found
        random = SeededGenerator(seed: seed)
    }

    /// The next input, up to some thousand bytes.
    package mutating func next() -> [UInt8] {
        var bytes = seeds[number(seeds.count)]
        for _ in 0...number(6) { change(&bytes) }
        return Array(bytes.prefix(1 << 14))
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        let start = number(bytes.count + 1)
        let end = min(bytes.count, start + number(24))
        switch number(9) {
        case 0: bytes.removeSubrange(start..<end)
        case 1: bytes.insert(contentsOf: word(), at: start)
        case 2: bytes.replaceSubrange(start..<end, with: word())
        case 3: bytes.insert(contentsOf: Array(bytes[start..<end]), at: number(bytes.count + 1))
        case 4: bytes.insert(UInt8(number(256)), at: start)
        case 5: if start < bytes.count { bytes[start] ^= 1 << UInt8(number(8)) }
        case 6: bytes.removeSubrange(start..<(number(8) == 0 ? bytes.count : start))
        case 7:
            let repeated = Array(repeating: word(), count: number(number(20) == 0 ? 2000 : 6))
            bytes.insert(contentsOf: repeated.flatMap { $0 }, at: start)
        default: bytes.insert(contentsOf: seeds[number(seeds.count)], at: start)
        }
    }

    private mutating func word() -> [UInt8] {
        if door.words.isEmpty || number(5) == 0 { return [UInt8(number(256))] }
        return Array(door.words[number(door.words.count)].utf8)
    }

    /// From 0 up to, and without, `limit`.
    private mutating func number(_ limit: Int) -> Int {
        limit < 1 ? 0 : Int.random(in: 0..<limit, using: &random)
    }
}
