internal import Checks

/// Requires a subject of Conventional Commits 1.0.0: `type(scope)!: description`.
///
/// Subjects that git writes itself, of merges, reverts and commits for `rebase --autosquash`, pass.
struct ConventionalCommit: MessageCheck {
    static let name = "conventional-commit"
    static let summary = "Requires a subject such as `fix(parser): Close the file`."
    static let options = [
        CheckOption(
            "--types", "TYPE[,TYPE]",
            "The allowed types; by default \(defaults.joined(separator: ", "))."),
        CheckOption("--scopes", "SCOPE[,SCOPE]", "The allowed scopes; any by default."),
        CheckOption("--force-scope", nil, "Requires a scope."),
    ]
    static let examples = [
        Example("a type and a description pass", text: "fix: Close the file\n", .passes),
        Example(
            "so are a scope and a mark for a break", text: "feat(api)!: Drop the old calls\n",
            .passes),
        Example(
            "any other subject is found", text: "Close the file\n",
            .finds([
                Finding(line: 1, message: "the subject is not like `type(scope): description`")
            ])),
        Example(
            "other types are found", ["--types=feat,fix"], text: "chore: Tidy up\n",
            .finds([Finding(line: 1, message: "unknown type `chore`; allowed: feat, fix")])),
        Example(
            "so are other scopes", ["--scopes=api,ui"], text: "fix(db): Close the file\n",
            .finds([Finding(line: 1, message: "unknown scope `db`; allowed: api, ui")])),
        Example(
            "a scope can be required", ["--force-scope"], text: "fix: Close the file\n",
            .finds([Finding(line: 1, message: "the subject has no scope: `fix(scope): ...`")])),
        Example("git's own subjects pass", text: "fixup! fix: Close the file\n", .passes),
    ]

    private static let defaults = [
        "build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style",
        "test",
    ]

    private var types = defaults
    private var scopes: [String]?
    private var needsScope = false

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            let list = value.split(separator: ",").map(String.init)
            switch name {
            case "--types": types = list
            case "--scopes": scopes = list
            default: needsScope = true
            }
        }
    }

    func inspect(_ message: [UInt8]) -> [Finding] {
        guard let subject = MessageText(message).subject else {
            return [Finding(message: "the subject is empty")]
        }
        if subject.isWritten { return [] }
        return problem(of: subject.text).map { [Finding(line: subject.line, message: $0)] } ?? []
    }

    private func problem(of subject: String) -> String? {
        let general = "the subject is not like `type(scope): description`"
        guard let colon = subject.firstIndex(of: ":") else { return general }
        let description = subject[subject.index(after: colon)...]
        var head = subject[..<colon]
        if head.last == "!" { head.removeLast() }
        var scope: Substring?
        if head.last == ")", let open = head.firstIndex(of: "(") {
            scope = head[head.index(after: open)...].dropLast()
            head = head[..<open]
        }
        let isWord = { (word: Substring) in
            !word.isEmpty && !word.contains { $0.isWhitespace || "()".contains($0) }
        }
        guard isWord(head), scope?.isEmpty != true, description.first == " ",
            description.contains(where: { !$0.isWhitespace })
        else { return general }
        guard types.contains(String(head)) else {
            let list = types.joined(separator: ", ")
            return "unknown type \(Self.quoted(String(head))); allowed: \(list)"
        }
        guard let scope else {
            return needsScope ? "the subject has no scope: `\(head)(scope): ...`" : nil
        }
        if let scopes, !scopes.contains(String(scope)) {
            let list = scopes.joined(separator: ", ")
            return "unknown scope \(Self.quoted(String(scope))); allowed: \(list)"
        }
        return nil
    }
}
