internal import BuiltInChecks
internal import Checks
internal import Configuration
internal import Notation
internal import Tools

/// The pages of the docs that are generated from the catalogue.
package enum Page: String, CaseIterable, Sendable {
    case checks
    case tools
    /// The tables of a page whose other text is written by hand.
    case configuration

    /// The page as Markdown.
    package var markdown: String {
        switch self {
        case .checks: Self.checksPage
        case .tools: Self.toolsPage
        case .configuration: Self.keyTables
        }
    }

    // MARK: Configuration

    private static var keyTables: String {
        Configuration.keys.map { title, table in
            "<!-- keys of \(title): made by `hooks list --markdown configuration` -->\n\n\(table)\n"
                + "<!-- end of keys -->\n"
        }.joined(separator: "\n")
    }

    // MARK: Checks

    private static var checksPage: String {
        let kinds: [(title: String, text: String, holds: (any BuiltIn.Type) -> Bool)] = [
            ("Fixers", "They fix what they find.", { $0.fixes }),
            (
                "Checkers", "They check one file at a time.",
                { !$0.fixes && $0.looksAt != .message && $0.looksAt != .tree }
            ),
            (
                "Checkers of the whole commit",
                "They check everything that changes, also links and submodules, as it is in the index.",
                { $0.looksAt == .tree }
            ),
            (
                "Checkers of messages",
                "They check a commit message, cleaned up as git does it, and are listed in `commit-msg`.",
                { $0.looksAt == .message }
            ),
        ]
        var page = """
            # Checks

            <!-- Made by `hooks list --markdown checks`; a test compares the two. -->

            These checks are part of hooks. If pre-commit-hooks 6.0.0 has the check under another name,
            or with another rule, the check says so; the tests compare all of them with the originals, file
            by file. Checks of content skip binary files. `python` marks checks that need `python3`, which
            is first searched for in the project's environment: one process checks all files.

            A check takes its options as `args`:

            ```toml
            [jobs.mixed-line-ending]
            args = ["--fix=lf"]
            ```

            """
        for (title, text, holds) in kinds {
            page += "\n## \(title)\n\n\(text)\n"
            for check in BuiltIns.all where holds(check) { page += section(check) }
        }
        return page
    }

    private static func section(_ check: any BuiltIn.Type) -> String {
        var text = "\n### \(check.name)\n\n\(check.summary)\n"
        var facts: [String] = []
        if let theirs = check.standsFor, theirs != check.name {
            facts.append("`\(theirs)` in pre-commit-hooks")
        }
        if check.looksAt == .python { facts.append("`python`") }
        if check.isWithoutFiles {
            facts.append("files: none, until `files` names some")
        } else if !check.files.isEmpty {
            facts.append("files: \(list(check.files))")
        }
        if !check.types.isEmpty { facts.append("types: \(list(check.types))") }
        if !facts.isEmpty { text += "\n\(facts.joined(separator: "; ")).\n" }
        if !check.options.isEmpty {
            text += "\n| Option | |\n|---|---|\n"
            for option in check.options {
                let value = option.value.map { "=" + $0 } ?? ""
                text += "| \(cell("`\(option.name)\(value)`")) | \(cell(option.summary)) |\n"
            }
        }
        if !check.differences.isEmpty {
            text += "\nDifferences from pre-commit-hooks:\n\n"
            for difference in check.differences { text += "- \(difference)\n" }
        }
        text += "\n| Example | Given | |\n|---|---|---|\n"
        for example in check.examples { text += row(example) }
        return text
    }

    private static func row(_ example: Example) -> String {
        let path = String(decoding: example.file.path, as: UTF8.self)
        var given = path == "file.txt" ? "" : "`\(path)` "
        if !example.arguments.isEmpty { given += "with \(list(example.arguments)) " }
        if !example.file.content.isEmpty { given += shown(example.file.content) }
        let outcome =
            switch example.outcome {
            case .passes: "passes"
            case .becomes(let text): "becomes " + shown(Array(text.utf8))
            case .finds(let findings):
                findings.map { ($0.line.map { "line \($0): " } ?? "") + $0.message }
                    .joined(separator: "; ")
            }
        let cells = [example.title, given, outcome].map { cell(trimmed($0)) }
        return "| \(cells.joined(separator: " | ")) |\n"
    }

    // MARK: Tools

    private static var toolsPage: String {
        var page = """
            # Tools

            <!-- Made by `hooks list --markdown tools`; a test compares the two. -->

            Programs that `hooks.toml` can name without a command. They are searched for in
            the project's environment, in `node_modules`, in the active and the managed environment, then
            on `PATH`. `[jobs.NAME]` adds `args` after the arguments shown here, or selects other `files`.
            An exit status that is not listed means that the tool is broken: nothing is published then.


            """
        page += "| Tool | Kind | Package | Examples |\n|---|---|---|---|\n"
        for tool in Catalogue.all {
            let kind = tool.fixes ? "fixer" : "checker"
            let examples = tool.examples.isEmpty ? "no" : "yes"
            let package = tool.package.isEmpty ? "not pinned" : "`\(tool.package)`"
            page += "| [\(tool.name)](#\(tool.name)) | \(kind) | \(package) | \(examples) |\n"
        }
        for tool in Catalogue.all { page += section(tool) }
        return page
    }

    private static func section(_ tool: Tool) -> String {
        let words = [tool.program] + tool.arguments
        var text = "\n## \(tool.name)\n\n\(tool.summary)\n\n| | |\n|---|---|\n"
        func row(_ title: String, _ value: String) {
            if !value.isEmpty { text += "| \(title) | \(cell(value)) |\n" }
        }
        row("called as", "`" + words.map(quoted).joined(separator: " ") + "`")
        row("types", list(tool.types))
        row("not", list(tool.excludedTypes))
        row("files", list(tool.files))
        row("reads", tool.reads == .tree ? "the tree" : "its files and its configuration")
        row(
            "configured in",
            tool.configuration.map { file in
                "`\(file.name)`" + (file.marker.map { " with `\($0)`" } ?? "")
            }.joined(separator: ", "))
        row("exit status", statuses(tool))
        row("version command", list([([tool.program] + tool.version).joined(separator: " ")]))
        if !tool.examples.isEmpty {
            text += "\n| Example | |\n|---|---|\n"
            for example in tool.examples {
                let outcome =
                    switch example.outcome {
                    case .passes: "passes"
                    case .finds(let words): "fails with `\(words)`"
                    case .becomes(let text): "becomes " + shown(Array(text.utf8))
                    }
                let given = "`\(example.path)` " + shown(Array(example.text.utf8))
                text += "| \(cell(given)) | \(cell(outcome)) |\n"
            }
        }
        return text
    }

    private static func statuses(_ tool: Tool) -> String {
        func codes(_ meaning: Tool.Exit) -> String? {
            let codes = tool.exits.filter { $0.value == meaning }.keys.sorted()
            guard let first = codes.first, let last = codes.last else { return nil }
            let isRange = codes.count > 2 && Int(last - first) == codes.count - 1
            return isRange ? "\(first) to \(last)" : codes.map(String.init).joined(separator: ", ")
        }
        let meanings: [(Tool.Exit, String)] = [
            (.fine, "fine"), (.findings, "findings"), (.nothing, "nothing to check"),
            (.unread, "not all of it read"),
        ]
        return meanings.compactMap { meaning, words in codes(meaning).map { "\($0) \(words)" } }
            .joined(separator: "; ")
    }

    // MARK: Markdown

    private static func list(_ words: [String]) -> String {
        words.map { "`\($0)`" }.joined(separator: ", ")
    }

    /// Bytes as text in backticks, control characters spelled out.
    private static func shown(_ content: [UInt8]) -> String {
        let text = String(decoding: content, as: UTF8.self).debugDescription.dropFirst().dropLast()
        let plain = text.replacing("\\\"", with: "\"").replacing("\\'", with: "'")
        let visible = plain.replacing("\u{FEFF}", with: "\\u{FEFF}")
        return visible.contains("`") ? "`` \(visible) ``" : "`\(visible)`"
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }

    private static func quoted(_ word: String) -> String { word.contains(" ") ? "'\(word)'" : word }

    private static func trimmed(_ text: String) -> String {
        text.hasSuffix(" ") ? String(text.dropLast()) : text
    }
}

extension BuiltIn {
    /// Whether it gets no file until the project names some.
    fileprivate static var isWithoutFiles: Bool { files == ["/"] }
}
