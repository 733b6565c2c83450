/// A pattern for paths in the repository or for branch names, compared byte by byte.
///
/// - `*` and `?` stay inside one component, `**` crosses `/`; both match a leading dot.
/// - `[a-z]`, `[!a]`, `{py,pyi}` (which may nest) and a backslash before a special character.
/// - Without `/` the pattern is for the last component at any depth; with one it begins at the
///   root.
/// - A pattern whose last component has no wildcard also matches everything in a folder of that
///   name, and `vendor/` is `vendor/**`.
/// - `regex:` before a regular expression, which may match anywhere, replaces all of this.
///
/// A match costs at most the product of both lengths for each alternative of the braces.
package struct Glob: Sendable {
    /// The pattern as it was written.
    package let pattern: String
    private let shapes: [GlobShape]
    private let expression: Expression?

    /// Compiles `pattern`.
    package init(_ pattern: String) throws(GlobError) {
        self.pattern = pattern
        if pattern.utf8.starts(with: Expression.prefix.utf8) {
            shapes = []
            expression = try Expression(
                String(
                    decoding: pattern.utf8.dropFirst(Expression.prefix.utf8.count), as: UTF8.self))
            return
        }
        expression = nil
        var compiler = GlobCompiler(pattern: Array(pattern.utf8))
        shapes = try compiler.compile()
    }

    /// One name without special characters and without `/`.
    package init(literal name: String) {
        pattern = name
        expression = nil
        let atoms = name.utf8.map { GlobAtom.byte($0) }
        shapes = [GlobShape(components: [.name(atoms)], floats: true)]
    }

    /// Whether the pattern matches this path: relative to the root, separated by `/`, no `/` at
    /// either end.
    package func matches(_ path: some Collection<UInt8>) -> Bool {
        let path = Array(path)
        if let expression { return expression.occurs(in: path) }
        return shapes.contains { $0.matches(path, floating: $0.floats, beneath: $0.namesFolder) }
    }

    /// Whether the pattern matches this branch: it must cover the whole short name, so that `main`
    /// does not match `topic/main`.
    package func matches(branch: some Collection<UInt8>) -> Bool {
        let name = Array(branch)
        if let expression { return expression.occurs(in: name) }
        return shapes.contains { $0.matches(name, floating: false, beneath: false) }
    }
}

extension Glob: Hashable {
    package static func == (a: Glob, b: Glob) -> Bool {
        a.pattern.utf8.elementsEqual(b.pattern.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in pattern.utf8 { hasher.combine(byte) }
    }
}

/// One alternative of a pattern, free of braces.
package struct GlobShape: Sendable {
    package enum Component: Sendable {
        /// `**` as a whole component: any number of folders; at the end, everything beneath.
        case folders
        case name([GlobAtom])
    }

    package var components: [Component]
    /// Whether the pattern had no `/` and so may begin in any folder.
    package var floats: Bool

    /// Whether the last component is spelled out, so that it may be the name of a folder.
    package var namesFolder: Bool {
        guard case .name(let atoms) = components.last else { return false }
        return atoms.allSatisfy { if case .byte = $0 { true } else { false } }
    }

    /// Compares component by component and, after a mismatch, goes back to the last `**` only: what
    /// came before it has matched as early as it can, which leaves the most to what follows.
    package func matches(_ path: [UInt8], floating: Bool, beneath: Bool) -> Bool {
        guard !path.isEmpty else { return false }
        var component = 0
        /// Where the current component of the path begins; past the end once all are used.
        var start = 0
        var retry: (component: Int, start: Int)? = floating ? (0, 0) : nil
        while true {
            let ended = start > path.count
            if component == components.count {
                if ended || beneath { return true }
            } else if case .folders = components[component] {
                if component == components.count - 1 { return !ended }
                component += 1
                retry = (component, start)
                continue
            } else if !ended, case .name(let atoms) = components[component] {
                let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
                if GlobAtom.match(atoms, path, start, end) {
                    component += 1
                    start = end + 1
                    continue
                }
            }
            guard let last = retry, last.start < path.count,
                let slash = path[last.start...].firstIndex(of: UInt8(ascii: "/"))
            else { return false }
            retry = (last.component, slash + 1)
            (component, start) = (last.component, slash + 1)
        }
    }
}

/// A part of the pattern of one component.
package enum GlobAtom: Sendable {
    case byte(UInt8)
    /// `?`: one character, however many bytes it has.
    case one
    /// `[...]`.
    case among(ByteSet)
    /// `*`: any bytes.
    case any

    /// Whether the atoms cover `text[start..<end]` exactly, going back to the last `*` after a
    /// mismatch.
    package static func match(_ atoms: [GlobAtom], _ text: [UInt8], _ start: Int, _ end: Int)
        -> Bool
    {
        var atom = 0
        var position = start
        var retry: (atom: Int, position: Int)?
        while position < end || atom < atoms.count {
            if atom < atoms.count {
                if case .any = atoms[atom] {
                    atom += 1
                    retry = (atom, position)
                    continue
                }
                if position < end, let next = atoms[atom].step(text, position, end) {
                    atom += 1
                    position = next
                    continue
                }
            }
            guard let last = retry, last.position < end else { return false }
            retry = (last.atom, last.position + 1)
            (atom, position) = (last.atom, last.position + 1)
        }
        return true
    }

    /// The position after the character at `position` if this atom matches it.
    private func step(_ text: [UInt8], _ position: Int, _ end: Int) -> Int? {
        let byte = text[position]
        switch self {
        case .byte(let wanted): return byte == wanted ? position + 1 : nil
        case .among(let set) where !set.contains(byte): return nil
        case .any: return nil
        case .one, .among:
            var next = position + 1
            // The bytes that continue a UTF-8 character belong to it; four make the longest.
            while byte >= 0x80, next < end, next < position + 4, text[next] & 0xC0 == 0x80 {
                next += 1
            }
            return next
        }
    }
}

/// A set of ASCII bytes, or everything but those.
package struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Whether the set contains what was *not* inserted, characters outside ASCII included.
    package var isNegated = false

    package mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << byte } else if byte < 128 { high |= 1 << (byte - 64) }
    }

    package func contains(_ byte: UInt8) -> Bool {
        let inserted =
            byte < 64
            ? low >> byte & 1 == 1 : byte < 128 && high >> (byte - 64) & 1 == 1
        return inserted != isNegated
    }
}
