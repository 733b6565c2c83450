import BuiltInChecks
import Checks

extension Door {
    /// The first byte chooses the check; the rest is the content of a file.
    static let checks = Door(
        "content of files, for every built-in check",
        seeds: [
            "\u{0}a  \r\nb\n\n", "\u{1}\u{FEFF}a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n",
            "\u{2}#!/bin/sh\necho\n", "\u{3}{\"a\": [1, 2]}\n", "\u{4}a = 1\n", "\u{5}a:\n- b\n",
            "\u{6}import os\n",
        ],
        words: [
            "\r\n", "\r", "\n", " ", "\t", "\u{FEFF}", "<<<<<<< ", "=======", ">>>>>>> ", "\0",
            "\u{85}", "\"", "'", "{", "[", "&", "*", "#!",
        ],
        sources: [
            "Sources/BuiltInChecks/*.swift", "Sources/Checks/Bytes.swift",
            "Sources/CLinux/lines.c",
        ]
    ) { bytes in
        let checks = BuiltIns.all.compactMap { try? $0.init(arguments: []) as? any Check }
        guard let first = bytes.first, !checks.isEmpty else { return nil }
        let check = checks[Int(first) % checks.count]
        let names = ["a.txt", "a.py", "a.json", "a.toml", "a.yaml", "a.xml", "a.sh", "a.md"]
        let path = Array(names[Int(first) / checks.count % names.count].utf8)
        return complaint(about: check, path, Array(bytes.dropFirst()))
    }

    /// A fixed file is in order, so that a fixer that runs twice does the same as once.
    private static func complaint(
        about check: any Check, _ path: [UInt8], _ content: [UInt8]
    ) -> String? {
        func look(_ content: [UInt8]) -> Verdict {
            check.inspect(CheckedFile(path: path, content: content, isAdded: true))
        }
        let name = type(of: check).name
        let verdict = look(content)
        for finding in verdict.findings {
            let lines = content.count { $0 == 10 || $0 == 13 } + 1
            if let line = finding.line, !(1...lines).contains(line) {
                return "\(name) finds something on line \(line) of \(lines)"
            }
            if finding.message.unicodeScalars.contains(where: { $0.value < 32 }) {
                return "\(name) says \(finding.message.debugDescription)"
            }
        }
        guard let fixed = verdict.fixed else { return nil }
        if !type(of: check).fixes { return "\(name) is no fixer, and fixes" }
        // The check that this one stands for moves comments, and judges them again where they are then.
        var rounds = name == "requirements-txt" ? 8 : 1
        var now = fixed
        while let again = look(now).fixed, again != now {
            rounds -= 1
            if rounds == 0 { return "\(name) fixes its own fix" }
            now = again
        }
        return nil
    }
}
