import TestSupport

/// Makes triples; the same ones for the same seed.
struct TripleGenerator {
    private var random: SeededGenerator
    private var serial = 0
    /// What ends the lines of the file that is being made.
    private var ending: [UInt8] = [10]
    private var mixesEndings = false
    /// How many lines of a hundred a fixer would change.
    private var faults = 30

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func triple() -> Triple {
        mixesEndings = isHit(8)
        ending = isHit(22) ? [13, 10] : [10]
        faults = isHit(50) ? 30 : 5
        let base = text(of: isHit(8) ? 0 : number(faults < 10 ? 60 : 24))
        var staged = isHit(12) ? base : edited(base, by: "staged", times: 1 + number(3))
        if isHit(4) { staged = Lines([]) }
        return Triple(
            base: isHit(20) ? nil : base.bytes, staged: staged.bytes,
            working: working(staged, base)?.bytes)
    }

    /// Any other version of a text, as a fixer that nobody knows might make it.
    mutating func fix(of staged: [UInt8]) -> [UInt8] {
        ending = staged.contains(13) ? [13, 10] : [10]
        if isHit(40) { return Fixing.fixed(staged) }
        return edited(Lines(staged), by: "fix", times: 1 + number(4)).bytes
    }

    private mutating func working(_ staged: Lines, _ base: Lines) -> Lines? {
        switch number(100) {
        case 0..<22: staged
        case 22..<25: nil
        case 25..<29: base
        case 29..<33: Lines(Fixing.fixed(staged.bytes))
        case 33..<36: Lines([])
        case 36..<42: edited(Lines(Fixing.fixed(staged.bytes)), by: "mine", times: 1 + number(2))
        default: edited(staged, by: "mine", times: 1 + number(4))
        }
    }

    /// A few edits, and sometimes another end of the file.
    private mutating func edited(_ text: Lines, by whom: String, times: Int) -> Lines {
        var text = text
        for _ in 0..<times { edit(&text, by: whom) }
        let wasClosed = text.all.last?.last ?? 10 == 10
        text.close(isHit(10) ? !wasClosed : wasClosed, ending: ending)
        return text
    }

    private mutating func edit(_ text: inout Lines, by whom: String) {
        let place = place(in: text)
        let end = min(text.all.count, place + 1 + number(2))
        // The last line may have to be ended before something comes after it.
        if let last = text.all.last, last.last != 10 { text.all[text.all.count - 1] += ending }
        switch number(100) {
        case 0..<42: text.all.insert(contentsOf: lines(1 + number(2), by: whom), at: place)
        case 42..<60: text.all.removeSubrange(place..<end)
        case 60..<78: text.all.replaceSubrange(place..<end, with: lines(1 + number(2), by: whom))
        case 78..<84: text.all.insert(contentsOf: text.all[place..<end], at: end)
        case 84..<88:
            let moved = text.all[place..<end]
            text.all.removeSubrange(place..<end)
            text.all.insert(contentsOf: moved, at: number(text.all.count + 1))
        case 88..<94: text.all.insert(line(by: whom), at: 0)
        default: text.all.append(line(by: whom))
        }
    }

    /// Mostly on a line that a fix would change, or on one of its neighbours.
    private mutating func place(in text: Lines) -> Int {
        let fixed = text.all.indices.filter { Fixing.fixed(text.all[$0]) != text.all[$0] }
        guard isHit(40), let near = fixed.randomElement(using: &random) else {
            return number(text.all.count + 1)
        }
        return min(max(near + number(4) - 1, 0), text.all.count)
    }

    // MARK: Lines

    private mutating func text(of count: Int) -> Lines {
        var text = Lines(lines(count, by: "base").flatMap { $0 })
        text.close(!isHit(12), ending: ending)
        return text
    }

    private mutating func lines(_ count: Int, by whom: String) -> [[UInt8]] {
        (0..<count).map { _ in line(by: whom) }
    }

    private mutating func line(by whom: String) -> [UInt8] {
        serial += 1
        let ending = mixesEndings && isHit(50) ? [13, 10] : ending
        switch number(100) {
        case 0..<18: return ending
        case 18..<24: return Array("}".utf8) + ending
        case 24..<27: return [0xff, 0xc3] + Array("\(serial)".utf8) + ending
        case 27..<(27 + faults):
            let word = ["bad", "drop", "twin"][number(3)]
            return Array("\(whom) \(word) \(serial)".utf8) + ending
        default: return Array("\(whom) \(serial)".utf8) + ending
        }
    }

    private mutating func isHit(_ percent: Int) -> Bool { number(100) < percent }

    /// From 0 up to, and without, `limit`.
    private mutating func number(_ limit: Int) -> Int {
        limit < 1 ? 0 : Int.random(in: 0..<limit, using: &random)
    }
}
