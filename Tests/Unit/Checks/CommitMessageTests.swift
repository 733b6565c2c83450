import BuiltInChecks
import Checks
import Foundation
import TestSupport
import Testing

/// The bytes that git makes of a message are the ones that checks see.
struct CommitMessageTests {
    static let raw =
        [
            "", "\n", "\n\n \n", "one", "one\n", "\n\none\n\n\n\ntwo\n\n",
            "one  \t\r\n\r\n\r\ntwo\r\n",
            "# comment\none\n# comment\n\n# comment\ntwo\n#", " # not a comment\n", "#\n#\n",
            "one\n#\n\ntwo",
            "one\n\n#\n\ntwo", "one\u{C}\n\u{B}\n\ntwo \u{C}\n", "; semicolon\none\n",
            "// slashes\none\n",
            "über\u{A0}\n\n語 \n", "one\n  two\n",
        ].map { Array($0.utf8) } + [[0xFF, 0x20, 0x0A, 0x80]]

    static let scissors = "# ------------------------ >8 ------------------------"

    @Test func messageIsStrippedAsGitDoes() throws {
        let scratch = try Scratch()
        for raw in Self.raw {
            let text = String(decoding: raw, as: UTF8.self)
            let strip = try scratch.run(["git", "stripspace", "--strip-comments"], input: raw)
            #expect(strip.status == 0)
            #expect(CommitMessage.cleaned(raw) == strip.output, "\(text.debugDescription)")
            let keep = try scratch.run(["git", "stripspace"], input: raw)
            #expect(
                CommitMessage.cleaned(raw, .init(.whitespace)) == keep.output,
                "\(text.debugDescription)")
        }
    }

    @Test func commentsBeginAsConfigured() throws {
        let scratch = try Scratch()
        for raw in Self.raw {
            let strip = try scratch.run(
                ["git", "-c", "core.commentChar=;", "stripspace", "-s"], input: raw)
            #expect(
                CommitMessage.cleaned(raw, .init(.strip, comment: Array(";".utf8))) == strip.output)
        }
        let slashes = CommitMessage.cleaned(
            Array("// no\n/ yes\n".utf8), .init(.strip, comment: Array("//".utf8)))
        #expect(slashes == Array("/ yes\n".utf8))
    }

    @Test(arguments: CommitMessage.Cleanup.allCases)
    func verboseCommitRecordsWhatTheHookSees(cleanup: CommitMessage.Cleanup) throws {
        let scratch = try Scratch()
        try scratch.run(["git", "init", "-q"])
        let texts = [
            "one \n\n\n# comment\n\(Self.scissors)\ndiff\n", "\(Self.scissors)\ndiff\n",
            "one\n\(Self.scissors)", "one\n \(Self.scissors)\n", "one\n\(Self.scissors) \ntwo\n",
            "one\n\(Self.scissors)\ntwo\n\(Self.scissors)\nthree\n", "\n\none\n", "one",
            "one\n; ------------------------ >8 ------------------------\ntwo\n",
        ]
        for text in texts {
            let raw = Array(text.utf8)
            try Data(raw).write(to: scratch.url.appending(path: "message"))
            let commit = try scratch.run(
                [
                    "git", "commit", "-q", "--verbose", "--allow-empty", "--allow-empty-message",
                    "--cleanup=\(cleanup.rawValue)",
                ], environment: ["GIT_EDITOR": "cp message"])
            #expect(commit.status == 0)
            let object = try scratch.run(["git", "cat-file", "commit", "HEAD"]).output
            let header = try #require(Data(object).firstRange(of: Data("\n\n".utf8)))
            #expect(
                CommitMessage.cleaned(raw, .init(cleanup)) == Array(object[header.upperBound...]),
                "\(text.debugDescription)")
        }
    }
}

/// A message is signed off when git finds the trailer, in any random last paragraph.
@Test func trailersAreThoseThatGitFinds() throws {
    let scratch = try Scratch()
    try scratch.run(["git", "init", "-q"])
    var generator = SeededGenerator(seed: 5)
    let lines = [
        "Signed-off-by: Ada <ada@example.org>", "Fixes: #12", "prose of some words", " continued",
        "Reviewed-by: Bob", "Some word: no trailer", "", "(cherry picked from commit 1234)",
        "signed-off-by: Ada <ada@example.org>", "Not_one: x", "Acked-by : Eve",
    ]
    let check = try SignedOff()
    for _ in 0..<(Tested.isLong ? 4000 : 300) {
        let count = Int.random(in: 1...7, using: &generator)
        let body = (0..<count).map { _ in lines[Int.random(in: 0..<lines.count, using: &generator)]
        }
        let raw = Array(("Subject\n\n" + body.joined(separator: "\n") + "\n").utf8)
        let message = CommitMessage.cleaned(raw, .init(.whitespace))
        let said = try scratch.run(
            ["git", "interpret-trailers", "--parse", "--no-divider"], input: message)
        let isSigned = said.text.lowercased().split(separator: "\n").contains {
            $0 == "signed-off-by: ada <ada@example.org>"
        }
        #expect(
            check.passes(message) == isSigned,
            "\(String(decoding: message, as: UTF8.self).debugDescription)")
    }
}

/// The check that asks for a signature.
private struct SignedOff {
    private let check: any MessageCheck

    init() throws {
        let kind = try #require(BuiltIns.all.first { $0.name == "sign-off" })
        check = try #require(try kind.init(arguments: []) as? any MessageCheck)
    }

    func passes(_ message: [UInt8]) -> Bool { check.inspect(message).isEmpty }
}
