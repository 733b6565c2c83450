/// Why a pattern cannot be used.
package struct GlobError: Error, Equatable {
    /// One clause without a final full stop.
    package var reason: String
}

/// Reads a pattern once from left to right; braces are multiplied out on the way.
struct GlobCompiler {
    /// The longest pattern, in bytes.
    static let longest = 1024
    /// The largest number of alternatives that braces and `**` inside a component may produce.
    static let mostAlternatives = 256

    /// The alternatives of one open brace, or of the pattern itself.
    private struct Frame {
        var finished: [[GlobAtom]] = []
        /// The variants of the alternative being read; more than one after an inner brace.
        var open: [[GlobAtom]] = [[]]
    }

    private let bytes: [UInt8]
    private var index = 0
    private var frames = [Frame()]

    init(pattern: [UInt8]) {
        bytes = pattern
    }

    mutating func compile() throws(GlobError) -> [GlobShape] {
        guard bytes.count <= Self.longest else {
            throw GlobError(reason: "it is longer than \(Self.longest) bytes")
        }
        if bytes.first == UInt8(ascii: "!") {
            throw GlobError(reason: "a leading `!` does not negate; write `\\!` for the character")
        }
        while index < bytes.count {
            try readAtom()
        }
        guard frames.count == 1 else { throw GlobError(reason: "a `{` is not closed") }
        var shapes: [GlobShape] = []
        for alternative in frames[0].open {
            shapes += try Self.shapes(alternative)
            try Self.bound(shapes.count)
        }
        return shapes
    }

    private mutating func readAtom() throws(GlobError) {
        let byte = bytes[index]
        index += 1
        switch byte {
        case UInt8(ascii: "\\"):
            guard index < bytes.count else {
                throw GlobError(reason: "nothing follows the last `\\`")
            }
            append(.byte(bytes[index]))
            index += 1
        case UInt8(ascii: "*"): append(.any)
        case UInt8(ascii: "?"): append(.one)
        case UInt8(ascii: "["): append(.among(try readSet()))
        case UInt8(ascii: "{"): frames.append(Frame())
        case UInt8(ascii: ",") where frames.count > 1: try endAlternative()
        case UInt8(ascii: "}"): try closeBrace()
        case 0: throw GlobError(reason: "it contains a null character")
        default: append(.byte(byte))
        }
    }

    private mutating func append(_ atom: GlobAtom) {
        let top = frames.count - 1
        for open in frames[top].open.indices {
            frames[top].open[open].append(atom)
        }
    }

    private mutating func endAlternative() throws(GlobError) {
        let top = frames.count - 1
        frames[top].finished += frames[top].open
        frames[top].open = [[]]
        try Self.bound(frames[top].finished.count)
    }

    private mutating func closeBrace() throws(GlobError) {
        guard frames.count > 1, let closed = frames.popLast() else {
            throw GlobError(reason: "a `}` has no `{` before it")
        }
        let alternatives = closed.finished + closed.open
        let top = frames.count - 1
        try Self.bound(alternatives.count * frames[top].open.count)
        frames[top].open = frames[top].open.flatMap { head in alternatives.map { head + $0 } }
    }

    private static func bound(_ count: Int) throws(GlobError) {
        guard count <= mostAlternatives else {
            throw GlobError(reason: "it has more than \(mostAlternatives) alternatives")
        }
    }
}

extension GlobCompiler {
    /// Reads a bracket expression after its opening bracket.
    private mutating func readSet() throws(GlobError) -> ByteSet {
        var set = ByteSet()
        if let byte = peek(), byte == UInt8(ascii: "!") || byte == UInt8(ascii: "^") {
            set.isNegated = true
            index += 1
        }
        var isFirst = true
        while let byte = peek(), isFirst || byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":") {
                throw GlobError(
                    reason: "classes such as `[:alpha:]` are not supported; write `a-zA-Z`")
            }
            isFirst = false
            let from = try readMember()
            if peek() == UInt8(ascii: "-"), let last = peek(1), last != UInt8(ascii: "]") {
                index += 1
                let through = try readMember()
                guard from <= through else { throw GlobError(reason: "a range runs backwards") }
                for member in from...through { set.insert(member) }
            } else {
                set.insert(from)
            }
        }
        guard peek() != nil else { throw GlobError(reason: "a `[` is not closed") }
        index += 1
        return set
    }

    private mutating func readMember() throws(GlobError) -> UInt8 {
        if peek() == UInt8(ascii: "\\") { index += 1 }
        guard let byte = peek() else { throw GlobError(reason: "a `[` is not closed") }
        guard byte != UInt8(ascii: "/") else {
            throw GlobError(reason: "`/` is not allowed inside `[...]`")
        }
        guard byte < 0x80 else {
            throw GlobError(reason: "`[...]` takes ASCII characters only; use `{a,b}` for others")
        }
        index += 1
        return byte
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        index + ahead < bytes.count ? bytes[index + ahead] : nil
    }
}

extension GlobCompiler {
    /// Splits one alternative into components.
    private static func shapes(_ atoms: [GlobAtom]) throws(GlobError) -> [GlobShape] {
        var parts = [[]] as [[GlobAtom]]
        for atom in atoms {
            if case .byte(UInt8(ascii: "/")) = atom {
                parts.append([])
            } else {
                parts[parts.count - 1].append(atom)
            }
        }
        let floats = parts.count == 1
        let isFolder = parts.count > 1 && parts.last?.isEmpty == true
        if isFolder { parts.removeLast() }
        if parts.count > 1, parts.first?.isEmpty == true { parts.removeFirst() }
        for part in parts { try check(part, alone: parts.count == 1) }

        var variants: [[GlobShape.Component]] = [[]]
        for part in parts {
            let ways = try components(part)
            try bound(variants.count * ways.count)
            variants = variants.flatMap { head in ways.map { joined(head, $0) } }
        }
        if isFolder { variants = variants.map { joined($0, [.folders]) } }
        return variants.map { GlobShape(components: $0, floats: floats) }
    }

    private static func check(_ part: [GlobAtom], alone: Bool) throws(GlobError) {
        let bytes = part.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
        if part.isEmpty {
            throw GlobError(reason: alone ? "it is empty" : "it contains an empty component: `//`")
        }
        if bytes.count == part.count, bytes == Array(".".utf8) || bytes == Array("..".utf8) {
            throw GlobError(
                reason: "paths begin at the root of the repository, without `.` or `..`")
        }
    }

    /// The ways to read one part. `a**b` may stay in one component, `a*b`, or cross any number of
    /// them, `a*/**/*b`; together that is every string from `a` to `b`.
    private static func components(_ part: [GlobAtom]) throws(GlobError) -> [[GlobShape.Component]]
    {
        let isAny = part.map { if case .any = $0 { true } else { false } }
        if part.count > 1, isAny.allSatisfy({ $0 }) { return [[.folders]] }
        var ways: [(before: [GlobShape.Component], name: [GlobAtom])] = [([], [])]
        for (position, atom) in part.enumerated() {
            let follows = isAny[position] && position > 0 && isAny[position - 1]
            guard follows else {
                for way in ways.indices { ways[way].name.append(atom) }
                continue
            }
            // A third `*` in a row adds nothing.
            if position > 1, isAny[position - 2] { continue }
            ways += ways.map { ($0.before + [.name($0.name), .folders], [.any]) }
            try bound(ways.count)
        }
        return ways.map { $0.before + [.name($0.name)] }
    }

    /// Both lists as one, in which `**` does not follow `**`.
    private static func joined(
        _ head: [GlobShape.Component], _ tail: [GlobShape.Component]
    ) -> [GlobShape.Component] {
        if case .folders = head.last, case .folders = tail.first { return head + tail.dropFirst() }
        return head + tail
    }
}
