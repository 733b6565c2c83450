internal import Notation
internal import Reporting

/// A key of a table of the file: its name, its kind of value, its meaning, and where its
/// value goes.
///
/// The reader, the JSON Schema, the error texts and the tables of `docs/configuration.md` are all
/// derived from these, so that a key is declared once.
struct Key<Target>: Sendable {
    let name: String
    /// What its value is, for the docs.
    let takes: @Sendable () -> String
    /// What holds where the file does not say; Markdown, made when a page asks for it.
    let fallback: @Sendable () -> String
    /// What it means; Markdown, made when a page or the schema asks for it.
    let help: @Sendable () -> String
    /// Whether a file below the top may have it.
    let isForNested: Bool
    private let type: @Sendable (KnownNames) -> [(key: String, value: JSON)]
    private let store: @Sendable (Node, Scope, inout Target) throws(ConfigurationError) -> Void

    /// - Parameter set: stores the value.
    init<Value>(
        _ name: String, _ kind: Kind<Value>,
        default fallback: @autoclosure @escaping @Sendable () -> String = "",
        _ help: @autoclosure @escaping @Sendable () -> String,
        isForNested: Bool = false, set: @escaping @Sendable (inout Target, Value) -> Void
    ) {
        self.name = name
        takes = kind.name
        self.fallback = fallback
        self.help = help
        self.isForNested = isForNested
        type = kind.type
        store = { (node, scope, target) throws(ConfigurationError) in
            set(&target, try kind.read(node, scope))
        }
    }

    /// Reads the value of an entry into the target.
    func read(_ entry: Node, into target: inout Target, _ scope: Scope) throws(ConfigurationError) {
        try store(entry, scope, &target)
    }

    func schema(_ known: KnownNames) -> JSON {
        .object([("description", .string(plain(help())))] + type(known))
    }
}

/// The kind of a key's value, for the reader and for the JSON Schema.
struct Kind<Value>: Sendable {
    /// For the docs, which alone ask for it.
    let name: @Sendable () -> String
    let type: @Sendable (KnownNames) -> [(key: String, value: JSON)]
    let read: @Sendable (Node, Scope) throws(ConfigurationError) -> Value

    init(
        _ name: @autoclosure @escaping @Sendable () -> String,
        type: @escaping @Sendable (KnownNames) -> [(key: String, value: JSON)],
        read: @escaping @Sendable (Node, Scope) throws(ConfigurationError) -> Value
    ) {
        self.name = name
        self.type = type
        self.read = read
    }
}

/// What the reader of a value may need.
struct Scope: Sendable {
    let known: KnownNames
    /// The running release, such as `0.2.0`.
    var version = ""
    /// The jobs of the file and of those that it extends; empty before they are read.
    var jobs: [String: JobSettings] = [:]
    /// Folders with their own configuration, after they are read.
    var nested: [NestedFolder] = []
}

/// The keys of one table of the file.
struct Table<Target>: Sendable {
    let keys: [Key<Target>]

    init(_ keys: [Key<Target>]) { self.keys = keys }

    /// The entries of a table with their keys, in the order of the file.
    ///
    /// - Throws: if an entry is not a key of this table.
    func entries(
        of table: Node
    ) throws(ConfigurationError) -> [(node: Node, key: Key<Target>)] {
        var entries: [(node: Node, key: Key<Target>)] = []
        for entry in try table.entries() { entries.append((entry, try key(of: entry, in: table))) }
        return entries
    }

    private func key(of entry: Node, in table: Node) throws(ConfigurationError) -> Key<Target> {
        if let key = keys.first(where: { $0.name == entry.key }) { return key }
        throw unknown(entry, in: table)
    }

    /// Reads a table into the target.
    func read(_ table: Node, into target: inout Target, _ scope: Scope) throws(ConfigurationError) {
        for entry in try table.entries() {
            try key(of: entry, in: table).read(entry, into: &target, scope)
        }
    }

    private func unknown(_ entry: Node, in table: Node) -> ConfigurationError {
        let place = table.path.isEmpty ? "" : " in \(table.title)"
        return entry.error(
            "unknown key \(quoted(entry.key))\(place)",
            hints: Node.suggestion(for: entry.key, among: keys.map(\.name), called: "keys"))
    }

    func schema(_ known: KnownNames) -> [(key: String, value: JSON)] {
        [
            ("type", .string("object")),
            ("properties", .object(keys.map { ($0.name, $0.schema(known)) })),
            ("additionalProperties", .boolean(false)),
        ]
    }

    /// The keys as a table of Markdown.
    var markdown: String {
        var lines = ["| Key | Takes | Default | |", "|---|---|---|---|"]
        for key in keys {
            let cells = ["`\(key.name)`", key.takes(), key.fallback(), key.help()]
            let row = cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")
            lines.append("| \(row) |")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Kind {
    /// A table of known keys, whose values change `initial`.
    static func table(
        _ table: Table<Value>, of initial: @escaping @Sendable () -> Value
    ) -> Kind<Value> {
        Kind("table", type: { table.schema($0) }) { (node, scope) throws(ConfigurationError) in
            var value = initial()
            try table.read(node, into: &value, scope)
            return value
        }
    }
}

/// A text without the links of Markdown: `[words](page.md)` is `words`.
private func plain(_ markdown: String) -> String {
    var rest = markdown[...]
    var text = ""
    while let start = rest.firstIndex(of: "["), let middle = rest[start...].firstRange(of: "]("),
        let end = rest[middle.upperBound...].firstIndex(of: ")")
    {
        let words = rest[rest.index(after: start)..<middle.lowerBound]
        // A bracket of another kind comes before that of the link.
        guard !words.contains("]"), !words.contains("[") else {
            text += rest[...start]
            rest = rest[rest.index(after: start)...]
            continue
        }
        text += rest[..<start] + words
        rest = rest[rest.index(after: end)...]
    }
    return text + rest
}
