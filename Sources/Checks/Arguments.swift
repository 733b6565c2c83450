/// An argument that a check accepts.
package struct CheckOption: Equatable, Sendable {
    /// The argument with its dashes: `--maxkb`.
    package var name: String
    /// The placeholder for its value in the docs; nil for an argument without a value.
    package var value: String?
    /// One sentence about its effect, with its default.
    package var summary: String

    package init(_ name: String, _ value: String? = nil, _ summary: String) {
        self.name = name
        self.value = value
        self.summary = summary
    }
}

/// An argument that a check does not accept.
package struct CheckArgumentError: Error, Equatable {
    /// The name of the check.
    package var check: String
    /// What is wrong: one line without a final full stop, safe to print.
    package var message: String
}

extension BuiltIn {
    /// The arguments in the order given, each one of ``options``; a value may follow `=` or be the
    /// next one.
    package static func read(
        _ arguments: [String]
    ) throws(CheckArgumentError) -> [(name: String, value: String)] {
        var read: [(name: String, value: String)] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            guard let option = options.first(where: { $0.name == name }) else {
                throw unknown(argument)
            }
            guard let placeholder = option.value else {
                if parts.count > 1 { throw refused("`\(name)` takes no value") }
                read.append((name, ""))
                continue
            }
            guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
                throw refused("`\(name)` needs a value: `\(name)=\(placeholder)`")
            }
            read.append((name, value))
        }
        return read
    }

    /// The value of an argument that must be a whole number of 0 or more.
    package static func wholeNumber(_ value: String, of name: String) throws(CheckArgumentError)
        -> Int
    {
        guard let number = Int(value), number >= 0 else {
            throw refused("`\(name)` needs a whole number of 0 or more, not \(quoted(value))")
        }
        return number
    }

    /// An error of this check.
    package static func refused(_ message: String) -> CheckArgumentError {
        CheckArgumentError(check: name, message: "`\(name)`: \(message)")
    }

    /// Text of the user in backticks, with control characters spelled out.
    package static func quoted(_ text: String) -> String {
        "`\(text.debugDescription.dropFirst().dropLast())`"
    }

    private static func unknown(_ argument: String) -> CheckArgumentError {
        let known = options.map { "`\($0.name)`" }.joined(separator: ", ")
        let rest = known.isEmpty ? "it takes none" : "it knows \(known)"
        return refused("unknown argument \(quoted(argument)); \(rest)")
    }
}
