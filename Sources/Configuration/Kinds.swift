internal import Notation
internal import Reporting

/// Kinds of values in several tables.
extension Kind where Value == Bool {
    static var boolean: Self {
        Kind("`true` or `false`", type: { _ in [jsonType("boolean")] }) {
            (node, _) throws(ConfigurationError) in try node.boolean()
        }
    }
}

extension Kind where Value == String {
    static var string: Self {
        Kind("a string", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in try node.string()
        }
    }

    /// A string that is not blank.
    static var text: Self {
        Kind("a string", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            guard text.utf8.contains(where: { $0 > 0x20 }) else {
                throw node.error("\(node.title) is empty")
            }
            return text
        }
    }
}

extension Kind where Value == [String] {
    static var strings: Self {
        Kind("strings", type: { _ in stringsType }) { (node, _) throws(ConfigurationError) in
            try node.strings().map(\.text)
        }
    }

    /// Strings that are each checked separately.
    static func strings(
        _ name: String,
        _ check: @escaping @Sendable (String, Node, Node, Scope) throws(ConfigurationError) -> Void
    ) -> Self {
        Kind(name, type: { _ in stringsType }) { (node, scope) throws(ConfigurationError) in
            var texts: [String] = []
            for (text, item) in try node.strings() {
                try check(text, item, node, scope)
                texts.append(text)
            }
            return texts
        }
    }
}

extension Kind where Value == [Glob] {
    static var globs: Self {
        Kind("[globs](#globs)", type: { _ in stringsType }) {
            (node, _) throws(ConfigurationError) in try node.globs()
        }
    }

    /// Patterns of names rather than of paths.
    static var names: Self {
        Kind("patterns", type: { _ in stringsType }) {
            (node, _) throws(ConfigurationError) in try node.globs()
        }
    }

    /// An empty list would select no file.
    static var someGlobs: Self {
        Kind("[globs](#globs)", type: { _ in stringsType }) {
            (node, _) throws(ConfigurationError) in
            let globs = try node.globs()
            guard !globs.isEmpty else { throw node.error("\(node.title) is empty") }
            return globs
        }
    }
}

extension Kind where Value == Duration {
    static var duration: Self {
        Kind("a duration", type: { _ in durationType }) { (node, _) throws(ConfigurationError) in
            try node.duration()
        }
    }
}

extension Kind where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the raw values.
    static func choice(_: Value.Type) -> Self {
        Kind(listed(Value.self), type: { _ in [values(of: Value.self)] }) {
            (node, _) throws(ConfigurationError) in try node.choice(Value.self)
        }
    }
}

extension Kind {
    /// An array of raw values.
    static func choices<Choice>(_: Choice.Type) -> Self
    where
        Choice: RawRepresentable<String> & CaseIterable & Sendable, Value == [Choice]
    {
        Kind(
            "any of \(listed(Choice.self))",
            type: { _ in
                [jsonType("array"), ("items", .object([values(of: Choice.self)]))]
            }
        ) { (node, _) throws(ConfigurationError) in
            guard case .array(let items) = node.content else {
                _ = try node.strings()
                return []
            }
            var choices: [Choice] = []
            for item in items { choices.append(try item.choice(Choice.self)) }
            return choices
        }
    }
}

private func listed<Choice>(_: Choice.Type) -> String
where Choice: RawRepresentable<String> & CaseIterable {
    Choice.allCases.map { "`\"\($0.rawValue)\"`" }.joined(separator: ", ")
}

// MARK: JSON Schema

func jsonType(_ name: String) -> (key: String, value: JSON) { ("type", .string(name)) }

/// An array of strings.
var stringsType: [(key: String, value: JSON)] {
    [jsonType("array"), ("items", .object([jsonType("string")]))]
}

private var durationType: [(key: String, value: JSON)] {
    [
        jsonType("string"),
        ("pattern", .string("^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$")),
    ]
}

private func values<Choice>(of _: Choice.Type) -> (key: String, value: JSON)
where Choice: RawRepresentable<String> & CaseIterable {
    ("enum", .array(Choice.allCases.map { .string($0.rawValue) }))
}
