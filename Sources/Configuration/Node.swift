internal import Notation

/// A value of the file with its place, independent of the TOML parser.
struct Node {
    enum Content {
        case string(String)
        case boolean(Bool)
        /// In the order of the file.
        case table([Node])
        case array([Node])
        /// A value that no key takes; the text names its type with an article.
        case other(String)
    }

    /// The name of the file for messages.
    let file: String
    /// From the root of the document.
    let path: [Step]
    /// From 1.
    let line: Int
    let content: Content

    /// The key of an entry of a table; empty for the root and for items of arrays.
    var key: String {
        if case .key(let key) = path.last { key } else { "" }
    }

    /// An error at this place.
    func error(_ reason: String, hints: [String] = []) -> ConfigurationError {
        ConfigurationError(file: file, line: line, reason, hints: hints)
    }

    /// The name of this value in messages: ``[jobs.black]`` for a table, else `` `args` in
    /// [jobs.black]``.
    var title: String {
        if case .table = content, !path.isEmpty { return Self.header(path) }
        var parents = path
        while case .item = parents.last { parents.removeLast() }
        let isItem = parents.count < path.count
        guard case .key(let key) = parents.popLast() else { return "the file" }
        let place = parents.isEmpty ? "" : " in \(Self.header(parents))"
        return "\(isItem ? "an item of " : "")\(quoted(key))\(place)"
    }

    private static func header(_ path: [Step]) -> String {
        let keys = path.compactMap {
            if case .key(let key) = $0 { printable(key, limit: 60) } else { nil }
        }
        return "[\(keys.joined(separator: "."))]"
    }
}

extension Node {
    /// The entries of a table, in the order of the file.
    func entries() throws(ConfigurationError) -> [Node] {
        guard case .table(let entries) = content else { throw wrongType("a table") }
        return entries
    }

    /// A hint for an unknown word: the nearest known one, else all of them.
    static func suggestion(for word: String, among known: [String], called: String) -> [String] {
        if let nearest = NearestMatch.of(word, among: known) {
            return ["did you mean `\(nearest)`?"]
        }
        return ["the \(called) are \(known.map { "`\($0)`" }.joined(separator: ", "))"]
    }

    func string() throws(ConfigurationError) -> String {
        guard case .string(let text) = content else { throw wrongType("a string") }
        return text
    }

    func boolean() throws(ConfigurationError) -> Bool {
        guard case .boolean(let flag) = content else { throw wrongType("`true` or `false`") }
        return flag
    }

    /// The items of an array of strings.
    func strings() throws(ConfigurationError) -> [(text: String, node: Node)] {
        guard case .array(let items) = content else {
            var hints: [String] = []
            if case .string(let text) = content {
                hints = ["put it in brackets: `\(key) = [\"\(printable(text, limit: 40))\"]`"]
            }
            throw wrongType("an array of strings", hints: hints)
        }
        var result: [(String, Node)] = []
        for item in items {
            result.append((try item.string(), item))
        }
        return result
    }

    /// A string that is one of the raw values of `Choice`.
    func choice<Choice>(
        _: Choice.Type
    ) throws(ConfigurationError) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let text = try string()
        guard let choice = Choice(rawValue: text) else {
            throw error(
                "\(title) cannot be \(quoted(text))",
                hints: Self.suggestion(
                    for: text, among: Choice.allCases.map(\.rawValue), called: "values"))
        }
        return choice
    }

    /// An array of patterns.
    func globs() throws(ConfigurationError) -> [Glob] {
        var globs: [Glob] = []
        for (text, node) in try strings() {
            do throws(GlobError) {
                globs.append(try Glob(text))
            } catch {
                throw node.error("bad pattern \(quoted(text)) in \(title): \(error.reason)")
            }
        }
        return globs
    }

    private func wrongType(_ wanted: String, hints: [String] = []) -> ConfigurationError {
        let found =
            switch content {
            case .string: "a string"
            case .boolean: "a boolean"
            case .table: "a table"
            case .array: "an array"
            case .other(let type): type
            }
        return error("\(title) must be \(wanted), not \(found)", hints: hints)
    }
}
