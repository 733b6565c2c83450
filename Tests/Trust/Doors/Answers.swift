import Reporting

@testable import Checks
@testable import FileTypes
@testable import Programs
@testable import Tools
@testable import Warm

extension Door {
    static let pythonAnswers = Door(
        "answers of checks by Python",
        seeds: ["0 3 finds 4\nword1 0 becomes 2\na\n-1 0 finds 1\nx"],
        words: [
            " finds ", " becomes ", "-1 ", "99999999999999999999 ", "\n", "-9223372036854775808",
        ],
        sources: ["Sources/Checks/PythonFrame.swift"]
    ) { bytes in
        guard let (verdicts, _) = PythonFrame.answers(bytes, files: 3) else { return nil }
        return verdicts.count == 3 ? nil : "\(verdicts.count) verdicts on 3 files"
    }

    static let serverAnswers = Door(
        "what tool servers say of themselves",
        seeds: ["P 12\nA 3\nI 9\nM black\nU 1\nF /usr/bin/black\n"],
        words: ["P ", "A 9223372036854775807\n", "I -1\n", "M ", "U ", "F ", "\n"],
        sources: ["Sources/Warm/RunningServers.swift"]
    ) { bytes in
        guard let status = ServerStatus(bytes) else { return nil }
        return status.process > 0 ? nil : "there is no process \(status.process)"
    }

    /// Findings with places, as annotations and SARIF show them.
    static let problems = Door(
        "findings of tools",
        seeds: [
            "a.py:1:2: E1 word\n", "b/c.js\n  3:4  error  No  no-undef\n",
            "x.c:1: warning: y [-W]\n",
            "hooks.toml:99999999999999999999:1: z\n",
        ],
        words: [":", "1", " error ", " warning ", "\n", "  ", "a.py", "-1", "[", "]", "\u{1B}["],
        sources: ["Sources/Reporting/Problem.swift"]
    ) { bytes in
        let problems = Problem.all(in: bytes)
        if let odd = problems.first(where: {
            $0.line < 1 || ($0.column ?? 1) < 1 || $0.path.isEmpty
        }) {
            return "a place that is none: \(odd)"
        }
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        return problems.count <= lines.count ? nil : "more findings than lines"
    }

    /// The first line is the name of a file, the rest its content.
    static let kinds = Door(
        "kinds of files",
        seeds: [
            "a\n#!/usr/bin/env -S python3.11 -I\n", "Dockerfile.x\n", "a.tar.gz\n\u{7F}ELF",
            "x\n#!\n",
        ],
        words: [
            "#!", "/usr/bin/env ", " -S ", "\"", "'", "\\", ".", "python3.", "\n", "Makefile", "\0",
        ],
        sources: [
            "Sources/FileTypes/FileTypes.swift", "Sources/FileTypes/Shebang.swift",
            "Sources/FileTypes/FileTypeTable.swift",
        ]
    ) { bytes in
        let path = Array(bytes.prefix { $0 != 10 })
        let content = Array(bytes.dropFirst(path.count + 1))
        var types = FileTypes()
        let found = types.ofFile(path, isExecutable: true) { content }
        let again = types.ofFile(path, isExecutable: true) { content }
        if found != again { return "\(found) and then \(again)" }
        return found.contains("text") != found.contains("binary") ? nil : "text or binary: \(found)"
    }
}
