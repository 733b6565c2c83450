import Foundation
import TestSupport
import Testing

/// The program itself beside the programs of pre-commit-hooks 6.0.0, on the index of a repository:
/// for every file the same verdict, and of a fixer the same bytes.
struct RealProgramTests {
    /// A check, the module it stands for, and where they differ on purpose.
    struct Pair: Sendable, CustomTestStringConvertible {
        var check: String
        var module: String
        var arguments: [String] = []
        var corpus: Corpus
        /// Whether a file is left out, because theirs is known to be wrong there.
        var leavesOut: @Sendable ([UInt8]) -> Bool = { _ in false }

        var testDescription: String { ([check] + arguments).joined(separator: " ") }
    }

    private static let code = Corpus(".py", texts: Corpus.library(60))
    private static let python = Corpus(
        ".py", texts: Corpus.python.files.map { String(decoding: $0.content, as: UTF8.self) }
    ).mutated(2, seed: 1)

    static let pairs = [
        Pair(check: "check-ast", module: "check_ast", corpus: .python.mutated(3, seed: 2)),
        Pair(check: "check-ast", module: "check_ast", corpus: code.mutated(1, seed: 3)),
        Pair(check: "debug-statements", module: "debug_statement_hook", corpus: .python),
        Pair(check: "docstring-first", module: "check_docstring_first", corpus: .python),
        Pair(
            check: "docstring-first", module: "check_docstring_first",
            corpus: code.mutated(1, seed: 4)),
        Pair(check: "builtin-literals", module: "check_builtin_literals", corpus: .python),
        Pair(
            check: "builtin-literals", module: "check_builtin_literals",
            arguments: ["--ignore=int,list", "--no-allow-dict-kwargs"], corpus: .python),
        Pair(
            check: "double-quote-string", module: "string_fixer",
            corpus: .python.mutated(2, seed: 5),
            leavesOut: { $0.contains(0x0C) }),
        Pair(
            check: "double-quote-string", module: "string_fixer", corpus: code,
            leavesOut: { $0.contains(0x0C) }),
        Pair(check: "check-json", module: "check_json", corpus: .json.mutated(6, seed: 6)),
        Pair(
            check: "pretty-format-json", module: "pretty_format_json", arguments: ["--autofix"],
            corpus: .json.mutated(2, seed: 7), leavesOut: loses),
        Pair(
            check: "pretty-format-json", module: "pretty_format_json", corpus: .json,
            leavesOut: loses),
        Pair(
            check: "pretty-format-json", module: "pretty_format_json",
            arguments: ["--autofix", "--no-sort-keys", "--indent", "4", "--top-keys=z,b"],
            corpus: .json, leavesOut: loses),
        Pair(
            check: "pretty-format-json", module: "pretty_format_json",
            arguments: ["--autofix", "--no-ensure-ascii", "--indent=\t"], corpus: .json,
            leavesOut: { loses($0) || $0.elementsEqual("\"\\ud83d\"\n".utf8) }),
        Pair(check: "check-yaml", module: "check_yaml", corpus: .yaml.mutated(3, seed: 16)),
        Pair(check: "check-yaml", module: "check_yaml", arguments: ["--multi"], corpus: .yaml),
        Pair(check: "check-yaml", module: "check_yaml", arguments: ["--unsafe"], corpus: .yaml),
        Pair(check: "check-toml", module: "check_toml", corpus: .toml.mutated(6, seed: 8)),
        Pair(check: "check-xml", module: "check_xml", corpus: .xml.mutated(6, seed: 9)),
        Pair(
            check: "requirements-txt", module: "requirements_txt_fixer",
            corpus: .requirements.mutated(4, seed: 10), leavesOut: isUnclear),
        Pair(
            check: "file-contents-sorter", module: "file_contents_sorter",
            corpus: .lists.mutated(4, seed: 11)),
        Pair(
            check: "file-contents-sorter", module: "file_contents_sorter",
            arguments: ["--ignore-case"], corpus: .lists.mutated(4, seed: 12)),
        Pair(
            check: "file-contents-sorter", module: "file_contents_sorter", arguments: ["--unique"],
            corpus: .lists.mutated(4, seed: 13)),
        Pair(
            check: "private-key", module: "detect_private_key", corpus: .keys.mutated(4, seed: 14)),
        Pair(
            check: "vcs-permalinks", module: "check_vcs_permalinks",
            corpus: .links.mutated(6, seed: 15)),
        Pair(
            check: "vcs-permalinks", module: "check_vcs_permalinks",
            arguments: ["--additional-github-domain", "git.example.org"], corpus: .links),
    ]

    @Test(.inTurn, arguments: pairs)
    func verdictsAndBytesAreThoseOfTheRealProgram(_ pair: Pair) throws {
        var corpus = pair.corpus
        corpus.files.removeAll {
            pair.leavesOut($0.content) || isText(pair) && Self.isOfBytes($0.content)
        }
        let scratch = try Scratch()
        let ours = try OurRun(pair.check, pair.arguments, corpus, in: scratch)
        let theirs = try TheirRun(pair.module, pair.arguments, corpus, in: scratch)
        var outcomes: Set<Bool> = []
        for (name, content) in corpus.files {
            let shown = String(decoding: content.prefix(300), as: UTF8.self).debugDescription
            outcomes.insert(theirs.failing.contains(name))
            #expect(
                ours.failing.contains(name) == theirs.failing.contains(name),
                "\(name) \(shown): ours \(ours.failing.contains(name) ? "fails" : "passes")")
            let (own, real) = (scratch.read("ours/\(name)"), scratch.read("theirs/\(name)"))
            let isEqual = own == real
            #expect(
                isEqual,
                "\(name) \(shown): ours \(own?.text ?? "gone"), theirs \(real?.text ?? "gone")")
        }
        #expect(outcomes.count == 2, "the corpus does not try both outcomes")
    }

    /// Theirs takes a file whose lines end with CR for one line, and a byte order mark for the
    /// beginning of one.
    private static func isOfBytes(_ content: [UInt8]) -> Bool {
        content.contains(0) || content.contains(0x0D) && !content.contains(0x0A)
            || content.starts(with: [0xEF, 0xBB, 0xBF])
    }

    /// Theirs loses a value of a duplicate key, and digits.
    private static func loses(_ content: [UInt8]) -> Bool {
        let text = String(decoding: content, as: UTF8.self)
        return text.contains("1e400") || text.contains("\"a\": 1, \"a\"")
            || text.contains(/"(\w*)".*"\1"\s*:/)
    }

    /// Native checks of text leave binary files alone, which theirs leaves to pre-commit.
    private func isText(_ pair: Pair) -> Bool {
        ["requirements-txt", "file-contents-sorter", "private-key", "vcs-permalinks"]
            .contains(pair.check)
    }

    /// Theirs crashes on a requirement that begins with a space or a semicolon, and loses one that
    /// is left open.
    private static func isUnclear(_ content: [UInt8]) -> Bool {
        let lines = content.split(separator: 0x0A, omittingEmptySubsequences: false)
        let isIndented = lines.contains { line in
            guard let first = line.first, [0x20, 0x09, 0x0B, 0x0C, 0x0D, 0x3B].contains(first)
            else {
                return false
            }
            let text = line.drop { [0x20, 0x09, 0x0B, 0x0C, 0x0D].contains($0) }
            return !text.isEmpty && text.first != UInt8(ascii: "#")
        }
        return isIndented || content.contains(UInt8(ascii: "\\"))
    }
}

/// What the program under test makes of a corpus that is staged in a repository of its own.
struct OurRun {
    /// Files with findings, or that were fixed.
    var failing: Set<String> = []
    /// What it printed, line by line.
    var lines: [String] = []

    init(
        _ check: String, _ arguments: [String], _ corpus: Corpus, in scratch: Scratch
    ) throws {
        let escaped = arguments.map { "\"" + $0.replacing("\t", with: "\\t") + "\"" }
        let settings = """
            [protect]
            branches = []
            [jobs.\(check)]
            args = [\(escaped.joined(separator: ", "))]
            files = ["*"]
            exclude = ["hooks.toml"]
            """
        try scratch.write("ours/hooks.toml", Array(settings.utf8))
        try lay(corpus, in: scratch, "ours")
        try scratch.shell("git init -q . && git add -A", in: "ours")
        let ended = try scratch.run(
            [try Tested.binary().path, "run", check, "--all", "--json"], in: "ours",
            environment: ["PATH": "\(try Tested.tools().path):/usr/bin:/bin"])
        for line in ended.text.split(separator: "\n") {
            guard
                let event = try JSONSerialization.jsonObject(with: Data(line.utf8))
                    as? [String: Any]
            else { continue }
            if event["event"] as? String == "error" { throw Unexpected(String(line)) }
            guard event["event"] as? String == "finished" else { continue }
            if event["status"] as? String == "broken" { throw Unexpected(String(line)) }
            failing.formUnion(event["fixed_files"] as? [String] ?? [])
            lines = (event["output"] as? String ?? "").split(separator: "\n").map(String.init)
        }
        for line in lines { failing.insert(String(line.prefix { $0 != ":" })) }
    }
}

/// What a program of pre-commit-hooks makes of a corpus, file by file.
struct TheirRun {
    var failing: Set<String> = []

    init(
        _ module: String, _ arguments: [String], _ corpus: Corpus, in scratch: Scratch
    ) throws {
        try lay(corpus, in: scratch, "theirs")
        try scratch.shell("git init -q . && git add -A", in: "theirs")
        let driver = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "real.py")
        let names = corpus.files.map(\.name).joined(separator: "\0")
        let ended = try scratch.run(
            ["\(try Tested.tools().path)/python", driver.path, module] + arguments, in: "theirs",
            input: Array(names.utf8))
        let lines = ended.text.split(separator: "\n")
        guard ended.status == 0, lines.count == corpus.files.count else {
            throw Unexpected("\(module): \(ended.text.suffix(2000))")
        }
        for line in lines where !line.hasPrefix("0 ") {
            failing.insert(String(line.drop { $0 != " " }.dropFirst()))
        }
    }
}

/// Writes the files of a corpus below a folder.
private func lay(_ corpus: Corpus, in scratch: Scratch, _ folder: String) throws {
    for (name, content) in corpus.files { try scratch.write("\(folder)/\(name)", content) }
    for name in corpus.executables {
        try scratch.shell("chmod +x '\(name)'", in: folder)
    }
}

extension [UInt8] {
    fileprivate var text: String { String(decoding: prefix(300), as: UTF8.self).debugDescription }
}
