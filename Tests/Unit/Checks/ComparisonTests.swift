import BuiltInChecks
import Checks
import Foundation
import TestSupport
import Testing

/// The fixers beside those of pre-commit-hooks 6.0.0: the same bytes and the same exit status.
@Suite(.inTurn)
struct ComparisonTests {
    static let cases = [
        Case("trailing-whitespace", "trailing-whitespace-fixer"),
        Case(
            "trailing-whitespace", "trailing-whitespace-fixer", ["--markdown-linebreak-ext=md,r"]),
        Case(
            "trailing-whitespace", "trailing-whitespace-fixer", ["--markdown-linebreak-ext", "*"]),
        Case("trailing-whitespace", "trailing-whitespace-fixer", ["--chars= a\r"]),
        Case("end-of-file", "end-of-file-fixer", theirs: withPlainLineFeed),
        Case("mixed-line-ending", "mixed-line-ending", theirs: withLastEnding),
        Case("mixed-line-ending", "mixed-line-ending", ["--fix=lf"], theirs: withLastEnding),
        Case("mixed-line-ending", "mixed-line-ending", ["--fix", "crlf"], theirs: withLastEnding),
        Case("mixed-line-ending", "mixed-line-ending", ["--fix=cr"], theirs: withLastEnding),
        Case("mixed-line-ending", "mixed-line-ending", ["--fix=no"]),
        Case("byte-order-mark", "fix-byte-order-marker", theirs: withFurtherMarks),
    ]

    @Test(arguments: cases)
    func fixerDoesWhatTheRealOneDoes(_ compared: Case) throws {
        let tools = try Tested.tools().path
        let check = try #require(BuiltIns.named(compared.check) as? any Check.Type)
            .init(arguments: compared.arguments)
        let scratch = try Scratch()
        var wanted: [String: (before: [UInt8], after: [UInt8])] = [:]
        var passing: [String] = []
        var failing: [String] = []
        for (name, content) in Self.corpus where compared.takes(content) {
            let verdict = check.inspect(CheckedFile(path: Array(name.utf8), content: content))
            let after = verdict.fixed.map { compared.theirs(content, $0) } ?? content
            wanted[name] = (content, after)
            if verdict.findings.isEmpty { passing.append(name) } else { failing.append(name) }
            try Data(content).write(to: scratch.url.appending(path: name))
        }
        #expect(passing.count > 20 && failing.count > 20, "the corpus does not try both outcomes")

        let words = ["\(tools)/\(compared.tool)"] + compared.arguments
        let passed = try scratch.run(words + passing)
        #expect(passed.status == 0, "\(String(decoding: passed.output, as: UTF8.self))")
        // The status of one run would hide a file that passes; its line of output would be missing.
        let failed = try scratch.run(words + failing)
        #expect(failed.status == 1)
        let lines = Set(String(decoding: failed.output, as: UTF8.self).split(separator: "\n"))
        for name in failing {
            let isNamed = lines.contains { $0.hasPrefix("\(name): ") || $0 == "Fixing \(name)" }
            #expect(isNamed, "theirs passes \(wanted[name]?.before.shown ?? name)")
        }
        for (name, content) in wanted {
            let theirs = [UInt8](try Data(contentsOf: scratch.url.appending(path: name)))
            #expect(
                theirs == content.after,
                "\(name) \(content.before.shown): \(theirs.shown), ours \(content.after.shown)")
        }
    }

    /// Theirs adds LF to a last line without a line break, whatever the file has.
    private static func withPlainLineFeed(_ before: [UInt8], _ ours: [UInt8]) -> [UInt8] {
        ours == before + [0x0D, 0x0A] ? before + [0x0A] : ours
    }

    /// Theirs ends the last line too when it changes another.
    private static func withLastEnding(_ before: [UInt8], _ ours: [UInt8]) -> [UInt8] {
        guard let last = ours.last, last != 0x0A, last != 0x0D else { return ours }
        guard let feed = ours.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return ours }
        let isPair = ours[feed] == 0x0D && feed + 1 < ours.count && ours[feed + 1] == 0x0A
        return ours + (isPair ? [0x0D, 0x0A] : [ours[feed]])
    }

    /// Theirs removes one mark of several.
    private static func withFurtherMarks(_ before: [UInt8], _ ours: [UInt8]) -> [UInt8] {
        Array(before.dropFirst(3))
    }
}

/// A check, the program it stands for, and where they differ on purpose.
struct Case: Sendable, CustomTestStringConvertible {
    var check: String
    var tool: String
    var arguments: [String]
    /// What the other program writes, from the content before and what the check makes of it.
    var theirs: @Sendable (_ before: [UInt8], _ ours: [UInt8]) -> [UInt8]

    init(
        _ check: String, _ tool: String, _ arguments: [String] = [],
        theirs: @escaping @Sendable ([UInt8], [UInt8]) -> [UInt8] = { $1 }
    ) {
        self.check = check
        self.tool = tool
        self.arguments = arguments
        self.theirs = theirs
    }

    var testDescription: String { ([tool] + arguments).joined(separator: " ") }

    /// Whether the other program can read it: one of them crashes on what is not UTF-8, and two take
    /// files whose lines end with CR for one line.
    func takes(_ content: [UInt8]) -> Bool {
        if tool != "mixed-line-ending", content.contains(0x0D), !content.contains(0x0A) {
            return false
        }
        return tool != "fix-byte-order-marker" || String(validating: content, as: UTF8.self) != nil
    }
}

extension ComparisonTests {
    /// Some hundred small files by name: edge cases first, then generated lines.
    static let corpus: [(name: String, content: [UInt8])] = {
        var generator = SeededGenerator(seed: 20)
        let edges = [
            "", "\n", "\r", "\r\n", "\n\r", " ", "  ", "\u{FEFF}", "\u{FEFF}\u{FEFF}a\n", "a",
            "a\n\r\n",
            "a\r\r\n", "a\r\n\n", "a \r", "a  \n", "  \n", " a  ", "\t  \n", "a\r \r\n", "\u{C}\n",
        ].map { Array($0.utf8) }
        let generated = (0..<480).map { _ in file(using: &generator) }
        let extensions = [".md", ".txt", ".MD", ".r", "", ".md.txt"]
        return (edges + generated).enumerated().map { index, content in
            ("\(index % 17 == 0 ? "." : "")\(index)\(extensions[index % 6])", content)
        }
    }()

    /// A file of some lines, most of them alike.
    private static func file(using generator: inout SeededGenerator) -> [UInt8] {
        func pick(_ texts: [String]) -> [UInt8] {
            Array((texts.randomElement(using: &generator) ?? "").utf8)
        }
        let endings = [["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n"], ["\n", "\r\n", "\r"]]
        let ending = endings.randomElement(using: &generator) ?? []
        let isClean = Bool.random(using: &generator)
        var content = Int.random(in: 0..<4, using: &generator) == 0 ? pick(["\u{FEFF}"]) : []
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            content += pick(["", "a", "  a", "one two", "über", "語", "\u{A0}", "a\u{C}b"])
            if !isClean {
                content += pick([
                    "", "", "", " ", "  ", "   ", "\t", " \u{B}", "\u{C}", "\u{A0}", "aa ",
                ])
            }
            if Int.random(in: 0..<40, using: &generator) == 0 { content.append(0xFF) }
            content += pick(ending)
        }
        return content + pick(["", "", "a", "a", "\n", "\r\n", "\n\n", "\r\n\r\n", " ", "a  "])
    }
}

extension [UInt8] {
    /// The bytes as text in quotes, control characters spelled out.
    fileprivate var shown: String { String(decoding: self, as: UTF8.self).debugDescription }
}
