import Checks
import Foundation
import TestSupport

/// Runs a check that is a Python program as the engine does.
enum PythonRun {
    /// What it says of one file and what it makes of it.
    static func verdict(of check: any PythonCheck, on file: CheckedFile) throws -> Verdict {
        let ended = try Scratch().run(
            ["python3"] + check.leadingArguments, input: PythonFrame.input([file.content]),
            environment: ["PATH": "\(try Tested.tools().path):/usr/bin:/bin"])
        guard ended.status == 0,
            let (verdicts, general) = PythonFrame.answers(ended.output, files: 1)
        else { throw Unexpected("status \(ended.status): \(ended.text)") }
        var verdict = verdicts[0]
        verdict.findings += general
        // It does not print what it fixes.
        if verdict.fixed != nil { verdict.findings.append(Finding(message: "fixed")) }
        return verdict
    }
}
