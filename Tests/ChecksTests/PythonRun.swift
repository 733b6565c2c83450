import Checks
import Foundation
import TestSupport

/// Runs a check that is a Python program as the engine does.
enum PythonRun {
    /// What it says of one file and what it makes of it.
    static func verdict(of check: any PythonCheck, on file: CheckedFile) throws -> Verdict {
        let scratch = try Scratch()
        let path = String(decoding: file.path, as: UTF8.self)
        try scratch.write(path, file.content)
        let ended = try scratch.run(
            ["python3"] + check.leadingArguments + [path],
            environment: ["PATH": "\(Case.tools ?? ""):/usr/bin:/bin"])
        guard ended.status < 2, let content = scratch.read(path) else {
            throw Unexpected("status \(ended.status): \(ended.text)")
        }
        var findings = ended.text.split(separator: "\n").map { finding($0, at: path) }
        let isFixed = content != file.content
        // What it mends it does not name.
        if isFixed { findings.append(Finding(message: "fixed")) }
        guard (ended.status == 1) == !(ended.text.isEmpty) else {
            throw Unexpected("status \(ended.status) with \(ended.text)")
        }
        return Verdict(findings: findings, fixed: isFixed ? content : nil)
    }

    private static func finding(_ line: Substring, at path: String) -> Finding {
        guard line.hasPrefix(path) else { return Finding(message: String(line)) }
        let rest = line.dropFirst(path.count)
        guard rest.hasPrefix(":"), let number = Int(rest.dropFirst().prefix { $0 != ":" }) else {
            return Finding(message: String(rest.dropFirst(2)))
        }
        return Finding(line: number, message: String(rest.drop { $0 != " " }.dropFirst()))
    }
}
