/// The types of a file: the tags of `identify`.
///
/// They come from its name; if that does not decide, from the `#!` line of an executable file; and
/// if these do not decide whether it is text, from its first kilobyte.
package struct FileTypes {
    private static let extensions = FileTypeTable(FileTypeTables.extensions)
    private static let names = FileTypeTable(FileTypeTables.names)
    private static let interpreters = FileTypeTable(FileTypeTables.interpreters)

    /// Every type that a selection may name, in order.
    package static var all: [String] {
        let named = [extensions, names, interpreters].flatMap(\.types)
        let modes = ["directory", "symlink", "file", "executable", "non-executable"]
        return Set(named + modes + ["text", "binary"]).sorted()
    }

    /// The results for names so far, by extension.
    private var known: [ArraySlice<UInt8>: [String]] = [:]

    package init() {}

    /// The types of a file.
    ///
    /// - Parameter content: at least its first lines and its first 1024 bytes; called only if
    ///   the name does not decide.
    package mutating func ofFile(
        _ path: [UInt8], isExecutable: Bool, content: () -> [UInt8]
    ) -> Set<String> {
        var types = Set(ofName(path))
        var read: [UInt8]?
        if types.isEmpty, isExecutable {
            let content = content()
            read = content
            types.formUnion(Self.ofInterpreter(Shebang(content).words.first ?? ""))
        }
        if !types.contains("text"), !types.contains("binary") {
            types.insert(Self.isText(read ?? content()) ? "text" : "binary")
        }
        return types.union(["file", isExecutable ? "executable" : "non-executable"])
    }

    /// The types of a name.
    package mutating func ofName(_ path: [UInt8]) -> [String] {
        let slash = path.lastIndex(of: UInt8(ascii: "/"))
        let name = path[(slash.map { $0 + 1 } ?? 0)...]
        let dot = UInt8(ascii: ".")
        let stem = name.drop { $0 == dot }
        // Most names are simple: a single dot, and no other part with a type.
        guard let last = stem.lastIndex(of: dot), last + 1 < stem.endIndex else {
            return Self.ofWholeName(name)
        }
        let isPlain = stem.count == name.count && stem.firstIndex(of: dot) == last
        let suffix = name[(last + 1)...]
        let word = name[..<last]
        if isPlain, !Self.mayBeName(word), let found = known[suffix] { return found }
        let named = Self.ofWholeName(name)
        let ending = String(decoding: suffix, as: UTF8.self).lowercased()
        let types = Self.extensions[ending] ?? []
        if isPlain, named.isEmpty { known[suffix] = types }
        return Array(Set(named + types))
    }

    /// The whole names in the table begin with a capital or a dot, except these.
    private static func mayBeName(_ word: ArraySlice<UInt8>) -> Bool {
        guard let first = word.first else { return true }
        return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) || lowercase.contains(word)
    }

    /// Up to their first dot.
    private static let lowercase = Set(
        names.words(beginning: { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
            .map { $0.prefix { $0 != UInt8(ascii: ".") } })

    /// The whole name, else the first of its parts between dots that has a type.
    private static func ofWholeName(_ name: ArraySlice<UInt8>) -> [String] {
        let whole = String(decoding: name, as: UTF8.self)
        if let types = names[whole] { return types }
        for part in whole.split(separator: ".") {
            if let types = names[part] { return types }
        }
        return []
    }

    /// The types for an interpreter: `python3.11` is `python3`.
    static func ofInterpreter(_ word: String) -> [String] {
        var name = word.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        while !name.isEmpty {
            if let types = interpreters[name] { return types }
            guard let dot = name.lastIndex(of: ".") else { return [] }
            name = name[..<dot]
        }
        return []
    }

    /// Whether the first 1024 bytes have only the control characters of text.
    package static func isText(_ content: [UInt8]) -> Bool {
        content.prefix(1024).allSatisfy { byte in
            byte >= 0x20 ? byte != 0x7F : (7...13).contains(byte) || byte == 27
        }
    }
}
