internal import Configuration
internal import Notation

/// Globs for a regular expression that pre-commit searches in paths.
///
/// Only if they match exactly the same; everything else keeps its expression as `regex:...`.
package struct RegexTranslation {
    private enum Atom: Equatable {
        case byte(UInt8)
        /// `.*`
        case any
        /// `[^/]*`
        case inside
        /// One character other than `/`.
        case one
        case start
        case end
    }

    private struct NotExact: Error {}

    private var bytes: [UInt8]
    private var index = 0

    /// The patterns for an expression; one of them must match.
    package static func patterns(for expression: String) -> [String] {
        if expression == "^$" { return [] }
        var translation = RegexTranslation(bytes: unfolded(expression))
        guard let alternatives = try? translation.alternation(),
            translation.index == translation.bytes.count
        else { return ["regex:" + expression] }
        let globs = alternatives.compactMap { try? glob($0) }
        let areExact =
            globs.count == alternatives.count && globs.allSatisfy { (try? Glob($0)) != nil }
            && holdWithoutFolders(globs)
        return areExact ? merged(globs) : ["regex:" + expression]
    }

    /// In a glob, `**/` may match no folder at all, and `.*/` does not: that is equal only
    /// if another of the globs matches the rest.
    private static func holdWithoutFolders(_ globs: [String]) -> Bool {
        func bare(_ glob: String) -> String {
            glob.hasPrefix("/") ? String(glob.dropFirst()) : glob
        }
        let all = Set(globs.map(bare))
        return globs.allSatisfy { glob in
            let parts = glob.split(separator: "/", omittingEmptySubsequences: false)
            return parts.indices.dropLast().allSatisfy { place in
                var rest = parts
                let part = rest.remove(at: place)
                guard part.count > 1, part.allSatisfy({ $0 == "*" }) else { return true }
                return all.contains(bare(rest.joined(separator: "/")))
            }
        }
    }

    /// One expression that matches if both are found.
    package static func both(_ first: String, _ second: String) -> String {
        "^(?=(?s:.*)(?:\(first)))(?=(?s:.*)(?:\(second)))"
    }

    /// An expression that matches if the given one is not found.
    package static func not(_ expression: String) -> String { "^(?!(?s:.*)(?:\(expression)))" }

    /// Without the spaces and comments that `(?x)` allows.
    private static func unfolded(_ expression: String) -> [UInt8] {
        let bytes = Array(expression.utf8)
        guard bytes.starts(with: "(?x)".utf8) else { return bytes }
        var result: [UInt8] = []
        var isEscaped = false
        var isInSet = false
        var isComment = false
        for byte in bytes.dropFirst(4) {
            if isComment {
                isComment = byte != UInt8(ascii: "\n")
            } else if isEscaped {
                result.append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "#"), !isInSet {
                isComment = true
            } else if !isBlank(byte) || isInSet {
                result.append(byte)
                isEscaped = byte == UInt8(ascii: "\\")
                if byte == UInt8(ascii: "[") { isInSet = true }
                if byte == UInt8(ascii: "]") { isInSet = false }
            }
        }
        return result
    }

    /// What `(?x)` ignores.
    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        index + ahead < bytes.count ? bytes[index + ahead] : nil
    }

    private mutating func takes(_ text: String) -> Bool {
        guard bytes[min(index, bytes.count)...].starts(with: text.utf8) else { return false }
        index += text.utf8.count
        return true
    }

    private mutating func alternation() throws -> [[Atom]] {
        var all = try sequence()
        while peek() == UInt8(ascii: "|") {
            index += 1
            all += try sequence()
        }
        guard all.count <= 64 else { throw NotExact() }
        return all
    }

    private mutating func sequence() throws -> [[Atom]] {
        var heads: [[Atom]] = [[]]
        while let byte = peek(), byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            var pieces = try piece()
            if takes("?") { pieces.append([]) }
            if let next = peek(), "*+?{".utf8.contains(next) { throw NotExact() }
            heads = heads.flatMap { head in pieces.map { head + $0 } }
            guard heads.count <= 64 else { throw NotExact() }
        }
        return heads
    }

    private mutating func piece() throws -> [[Atom]] {
        if takes(".*?") || takes(".*") { return [[.any]] }
        if takes(".+") {
            guard index > 2, bytes[index - 3] == UInt8(ascii: "/") else { throw NotExact() }
            return [[.one, .any]]
        }
        if takes("[^/]*") { return [[.inside]] }
        if takes("[^/]+") { return [[.one, .inside]] }
        if takes("^") { return [[.start]] }
        if takes("$") || takes("\\Z") || takes("\\z") { return [[.end]] }
        if takes("(?:") || takes("(") {
            if peek() == UInt8(ascii: "?") { throw NotExact() }
            let inner = try alternation()
            guard takes(")") else { throw NotExact() }
            return inner
        }
        return [[try character()]]
    }

    private mutating func character() throws -> Atom {
        guard let byte = peek() else { throw NotExact() }
        index += 1
        switch byte {
        case UInt8(ascii: "\\"):
            guard let next = peek(), !isWord(next) || next == UInt8(ascii: "_") else {
                throw NotExact()
            }
            index += 1
            return .byte(next)
        case UInt8(ascii: "["):
            guard let only = peek(), !"^\\]".utf8.contains(only), peek(1) == UInt8(ascii: "]")
            else { throw NotExact() }
            index += 2
            return .byte(only)
        case _ where byte < 0x20 || ".*+?{}()|^$]".utf8.contains(byte): throw NotExact()
        default: return .byte(byte)
        }
    }

    private func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: false
        }
    }

    private static func glob(_ atoms: [Atom]) throws -> String {
        var atoms = atoms[...]
        let isStart = atoms.first == .start
        if isStart { atoms.removeFirst() }
        let isEnd = atoms.last == .end
        if isEnd { atoms.removeLast() }
        guard !atoms.contains(.start), !atoms.contains(.end) else { throw NotExact() }
        var text = ""
        for atom in atoms {
            switch atom {
            case .byte(let byte):
                if "*?[]{},\\!".utf8.contains(byte) { text += "\\" }
                text += String(decoding: [byte], as: UTF8.self)
            case .any: text += text.hasSuffix("**") ? "" : "**"
            case .inside: text += text.hasSuffix("*") ? "" : "*"
            default: text += "?"
            }
        }
        guard !text.utf8.contains(where: { $0 >= 0x80 }) else { throw NotExact() }
        // No path ends so, but such a glob matches everything in the folder, or is invalid.
        if isEnd, text.hasSuffix("/") || isStart && text.isEmpty { throw NotExact() }
        if isStart, text.hasPrefix("/") { throw NotExact() }
        // A glob for a folder matches everything in it; the name of a file has a dot.
        let name = text.split(separator: "/").last ?? ""
        if isEnd, !name.contains("."), !name.hasSuffix("**") { throw NotExact() }
        if !isEnd, !text.hasSuffix("**") { text += "**" }
        if !isStart, !text.hasPrefix("**") { text = "**" + text }
        return pretty(text, isStart: isStart || text.hasPrefix("**"))
    }

    /// The shortest way to write it.
    private static func pretty(_ text: String, isStart: Bool) -> String {
        let rest = text.dropFirst(2)
        if text.hasPrefix("**"), !rest.isEmpty, !rest.contains("/"), !rest.contains("**") {
            return "*" + rest
        }
        if text.hasPrefix("**") || text.dropLast().contains("/") { return text }
        return "/" + text
    }

    /// `/x` in addition to `**/x` is redundant, and `**/x` without another `/` is `x`.
    private static func merged(_ globs: [String]) -> [String] {
        var result: [String] = []
        for glob in globs {
            let bare = glob.hasPrefix("/") ? String(glob.dropFirst()) : glob
            if globs.contains("**/" + bare), glob != "**/" + bare { continue }
            var shown = glob
            if glob.hasPrefix("**/"), !glob.dropFirst(3).contains("/"),
                !glob.dropFirst(3).contains("**"),
                globs.contains("/" + glob.dropFirst(3)) || globs.contains(String(glob.dropFirst(3)))
            {
                shown = String(glob.dropFirst(3))
            }
            if !result.contains(shown) { result.append(shown) }
        }
        return result
    }
}
