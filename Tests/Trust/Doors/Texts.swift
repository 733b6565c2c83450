import BuiltInChecks
import Checks
import Reporting
import SystemPackage

@testable import Configuration
@testable import Execution
@testable import GitHooks
@testable import Notation
@testable import Planning

extension Door {
    static let configuration = Door(
        "hooks.toml", seeds: [configurationText, "[tool.hooks]\nrequires = \"0.1\"\n"],
        words: [
            "[jobs.a]\n", "[[jobs]]\n", "run = ", "\"\"\"", "'''", "{", "}", "[", "]", "=", ".",
            "\\u0000", "\\U0010FFFF", "\u{FEFF}", "1979-05-27T07:32:00Z", "inf", "1e400", "0x1F",
            "\r", "\"\" = 1\n", "{files}", "\u{2028}", "true", "-", "_", "\"2m\"",
        ],
        sources: [
            "Sources/Configuration/Document.swift", "Sources/Configuration/Node.swift",
            "Sources/Configuration/Parse.swift", "Sources/Notation/Places.swift",
            "Sources/Configuration/Key.swift", "Sources/Configuration/Kinds.swift",
            "Sources/Configuration/JobKeys.swift", "Sources/Configuration/JobLists.swift",
            "Sources/Configuration/JobReader.swift", "Sources/Configuration/ToolKeys.swift",
            "Sources/Configuration/TriggerKinds.swift", "Sources/Configuration/NearestMatch.swift",
            "Sources/Planning/JobCatalogue.swift",
        ]
    ) { bytes in
        for table in [[], ["tool", "hooks"]] {
            do throws(ConfigurationError) {
                let parsed = try Configuration.parse(
                    bytes, file: "f", inTable: table, known: JobCatalogue.known, version: "0.2")
                // Jobs are made when they are asked for.
                if let parsed { _ = try? JobCatalogue(parsed, file: "f").jobs(of: .preCommit) }
            } catch {
                let lines = bytes.count { $0 == 10 } + 1
                guard let line = error.line, (1...lines).contains(line) else {
                    return "the line \(error.line ?? -1) of \(lines): \(error.message)"
                }
            }
        }
        return nil
    }

    private static let configurationText = """
        requires = "0.1"
        [protect]
        branches = ["main", "release/*"]
        strict = true
        [tools]
        black = "26.10.1"
        [jobs.black]
        args = ["--line-length", "100"]
        exclude = ["vendor/**"]
        [jobs.proto]
        run = "python 'tools/gen.py' {files}"
        files = ["*.proto"]
        types = ["python"]
        fixes = true
        timeout = "2m"
        env = { MODE = "strict" }
        shell = false
        run_in = "staged"
        pass_files = true
        reads = "tree"
        serial = false
        skip = ["merge", "rebase"]
        [hooks]
        pre-commit = ["trailing-whitespace", "black", "proto"]
        commit-msg = ["subject"]
        [fix]
        on_commit = "continue"

        """

    static let patterns = Door(
        "patterns and commands", seeds: ["src/**/[a-z]*.{py,pyi}", "a 'b c' \"d\\\"\" {files}"],
        words: ["*", "**", "/", "?", "[", "]", "[!", "{", "}", ",", "\\", "'", "\""],
        sources: [
            "Sources/Notation/Glob.swift", "Sources/Notation/GlobCompiler.swift",
            "Sources/Notation/Words.swift",
        ]
    ) { bytes in
        let text = String(decoding: bytes, as: UTF8.self)
        if let glob = try? Glob(text) {
            _ = glob.matches("a/é/a,-.py".utf8)
            _ = glob.matches(bytes)
            _ = glob.matches(branch: text.utf8)
        }
        _ = try? Words(text)
        return nil
    }

    private static let oid = String(repeating: "1f", count: 20)

    static let pushedReferences = Door(
        "standard input of pre-push",
        seeds: [
            "refs/heads/a \(oid) refs/heads/b \(String(repeating: "0", count: 40))\n",
            "(delete) \(String(repeating: "0", count: 40)) refs/heads/b \(oid)\n",
            "HEAD^{/fix it} \(oid) refs/tags/v1 \(oid)\n",
        ],
        words: [oid, "refs/heads/", " ", "\n", "(delete)", "\u{202E}", "\0"],
        sources: ["Sources/GitHooks/PushedRef.swift"]
    ) { bytes in
        for ref in (try? PushedRef.parse(bytes)) ?? [] where !isSafe(ref.title) {
            return "the title \(ref.title.debugDescription) is not safe"
        }
        return nil
    }

    static let message = Door(
        "commit messages",
        seeds: [
            "Add it\n\nBecause.\n# comment\n",
            "fixup! Add it\n# ------------------------ >8 ------------------------\ndiff\n",
        ],
        words: ["#", "\n", "\r\n", "fixup! ", "Merge ", "Revert \"", "\u{FEFF}", "e\u{301}"],
        sources: ["Sources/Checks/CommitMessage.swift", "Sources/Checks/MessageText.swift"]
    ) { bytes in
        for cleanup in CommitMessage.Cleanup.allCases {
            let comments: [[UInt8]] = [[], [35], Array(bytes.prefix(1))]
            for comment in comments {
                let once = CommitMessage.cleaned(bytes, .init(cleanup, comment: comment))
                for check in BuiltIns.all {
                    guard let made = try? check.init(arguments: []) as? any MessageCheck else {
                        continue
                    }
                    for finding in made.inspect(once) where !isSafe(finding.message) {
                        return "the finding \(finding.message.debugDescription) is not safe"
                    }
                }
            }
        }
        return nil
    }

    static let output = Door(
        "output of tools",
        seeds: ["a.py:1:2: E1 word\n", "\u{1B}[31mred\u{1B}[0m\rover\n", "\u{1B}]0;title\u{7}"],
        words: ["\u{1B}[", "\u{1B}]", "\u{9B}", "\r", "\n", "m", "\u{7}", "\u{202E}", "\u{1B}P"],
        sources: ["Sources/Reporting/SafeOutput.swift"]
    ) { bytes in
        let plain = safeOutput(bytes, color: false)
        if !plain.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy(isSafe) {
            return "the output \(plain.debugDescription) is not safe"
        }
        let lines = bytes.count { $0 == 10 } + 1
        for color in [true, false]
        where safeOutput(bytes, color: color).utf8.count > 3 * bytes.count + 4 * lines {
            return "the output grew to more than three times its size"
        }
        return nil
    }

    static let names = Door(
        "names of files", seeds: ["a b.txt", "-x", "\u{202E}txt.exe", "é\n\u{1B}[2J"],
        words: ["\\", "\"", " ", "\n", "\u{1B}", "\u{85}", "\u{2028}"],
        sources: ["Sources/Reporting/SafeText.swift"]
    ) { bytes in
        for text in [safeName(bytes), safeLine(bytes)] where !isSafe(text) {
            return "\(text.debugDescription) is not safe"
        }
        return nil
    }

    static let junit = Door(
        "junit reports",
        seeds: [
            "<testsuites><testsuite name=\"a\" tests=\"3\" failures=\"1\" errors=\"0\" "
                + "skipped=\"1\"></testsuite></testsuites>"
        ],
        words: [
            "<testsuite ", " tests=\"", " failures=\"", "99999999999999999999", "\"", ">", "٣",
        ],
        sources: ["Sources/Execution/Junit.swift"]
    ) { bytes in
        let text = junitSummary(of: bytes).text
        return isSafe(text) ? nil : "the summary \(text.debugDescription) is not safe"
    }
}

/// Whether a line has nothing that steers a terminal.
private func isSafe(_ line: some StringProtocol) -> Bool {
    line.unicodeScalars.allSatisfy { scalar in
        scalar == "\t"
            || scalar.properties.generalCategory != .control && !scalar.properties.isBidiControl
    }
}
