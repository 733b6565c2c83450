import Foundation
import Git
import GitHooks
import Spawn
import SystemPackage
import TestSupport
import Testing

/// What a hook takes for the message is what git records, whatever the command and the settings say.
struct MessageReadingTests {
    private static let scissors = " ------------------------ >8 ------------------------"

    /// A repository whose commit-msg hook keeps the file, the words of its git and its `GIT_EDITOR`.
    private static func prepared() throws -> Scratch {
        let scratch = try Scratch()
        try scratch.shell("git init -q -b topic work; mkdir -p work/.git/hooks")
        try scratch.write(
            "work/.git/hooks/commit-msg",
            Array(
                """
                #!/bin/sh
                cp "$1" ../file; cp /proc/$PPID/cmdline ../words; printf %s "$GIT_EDITOR" >../editor

                """.utf8))
        try scratch.shell(
            "chmod +x work/.git/hooks/commit-msg; echo one >work/a; git -C work add a")
        return scratch
    }

    @Test func whatTheHookReadsIsWhatGitRecords() throws {
        let scratch = try Self.prepared()
        var generator = SeededGenerator(seed: 14)
        func pick<Value>(_ values: [Value]) -> Value {
            values[Int.random(in: 0..<values.count, using: &generator)]
        }
        for number in 0..<(Tested.isLong ? 3000 : 260) {
            var settings: [String] = []
            if let mode = pick([nil, nil, "strip", "whitespace", "verbatim", "scissors", "default"])
            {
                settings += ["-c", "commit.cleanup=\(mode)"]
            }
            if let comment = pick([nil, nil, ";", "auto", "%"]) {
                settings += ["-c", "core.commentChar=\(comment)"]
            }
            if let verbose = pick([nil, nil, "true", "0", "2"]) {
                settings += ["-c", "commit.verbose=\(verbose)"]
            }
            var words = ["git"] + settings + ["commit", "-q", "--allow-empty", "--no-gpg-sign"]
            words += pick([
                [], [], ["--cleanup=strip"], ["--cleanup", "whitespace"], ["--cleanup=verbatim"],
                ["--cleanup=scissors"], ["--clean=default"],
            ])
            words += pick([[], [], ["-v"], ["--no-verbose"], ["-qv"], ["--verb"]])
            let text = pick([
                "#12 Fix it", "One  \n\n\nTwo \n# three\n", "One\n\n; two\n% three\n# four\n#five",
                "One\n#\(Self.scissors)\nTwo\n", "One\n;\(Self.scissors)\nTwo\n", "  One", "One\n",
                "% one\n; two\n\n# three\nfour\n",
            ])
            let isEdited = pick([true, true, false])
            var environment: [String: String] = [:]
            if isEdited {
                try scratch.write("above", Array(text.utf8))
                environment["GIT_EDITOR"] = pick([
                    #"f() { cat ../above "$1" >../new; cp ../new "$1"; }; f"#, "cp ../above",
                    #"f() { cat ../above "$1" | grep -v '^.*branch' >../new; cp ../new "$1"; }; f"#,
                ])
            } else {
                words += ["-m", text]
            }
            let commit = try scratch.run(words, in: "work", environment: environment)
            // A message without a word in it is none.
            guard commit.status == 0 else { continue }
            let object = try scratch.run(["git", "cat-file", "commit", "HEAD"], in: "work").output
            let header = try #require(Data(object).firstRange(of: Data("\n\n".utf8)))
            let recorded = [UInt8](object[header.upperBound...])

            for setting in settings where setting != "-c" {
                let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
                try scratch.run(["git", "config", parts[0], parts[1]], in: "work")
            }
            let repository = try Repository(at: FilePath(scratch.url.path + "/work"))
            var variables = ProcessEnvironment()
            variables["GIT_EDITOR"] = String(decoding: scratch.read("editor") ?? [], as: UTF8.self)
            let given = (scratch.read("words") ?? []).split(separator: 0)
                .map { String(decoding: $0, as: UTF8.self) }
            let raw = scratch.read("file") ?? []
            let calling = try #require(CallingGit(words: given))
            let texts = MessageReadings(repository, variables, calling).texts(of: raw)
            let isAutomatic = settings.contains("core.commentChar=auto")
            #expect(
                isAutomatic ? texts.contains(recorded) : texts == [recorded],
                "\(number): \(words) \(environment): \(String(decoding: raw, as: UTF8.self)), \(String(decoding: recorded, as: UTF8.self))"
            )
            for setting in settings where setting != "-c" {
                let name = setting.split(separator: "=")[0]
                try scratch.run(["git", "config", "--unset", String(name)], in: "work")
            }
        }
    }

    @Test(arguments: [
        (["git", "commit", "-m", "--cleanup=verbatim"], nil, nil),
        (["git", "-C", "commit", "-c", "a=b", "commit", "-am", "x", "-v"], nil, true),
        (["/usr/bin/git", "merge", "--cl=strip", "x"], "strip", nil),
        (["git", "commit", "--", "--cleanup=strip", "-v"], nil, nil),
        (["git", "commit", "-mv", "--file", "-v", "--no-verbose"], nil, false),
        (["git", "commit", "--cleanup", "strip", "--no-cleanup"], nil, nil),
    ])
    func wordsAreReadAsGitReadsThem(words: [String], cleanup: String?, isVerbose: Bool?) throws {
        let command = try #require(CallingGit(words: words))
        #expect(command.cleanup == cleanup)
        #expect(command.isVerbose == isVerbose)
    }

    @Test func otherCommandsSayNothing() {
        for words in [["git"], ["git", "rebase", "-i"], ["git", "hook", "run", "commit-msg"]] {
            #expect(CallingGit(words: words) == nil)
        }
    }
}
