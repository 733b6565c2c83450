import Glibc
import LostWork
import Pipeline
import Reporting
import Spawn
import SystemPackage

/// `hooks work NAME`: a job of hooks itself, as a process like that of any other job.
///
/// It prints its findings and exits with 0, or with 10 when there are any.
enum WorkCommand {
    static func main(_ words: [String]) -> Int32 {
        let writer = ByteWriter(.standardOutput)
        defer { writer.flush() }
        guard words.first == "loss" else { return ExitStatus.usage.code }
        do {
            guard let loss = try Loss(ProcessEnvironment.inherited()) else {
                writer.write(
                    "`hooks work` is for jobs: `hooks run loss --tree HEAD` runs this one\n")
                return ExitStatus.usage.code
            }
            let findings = try loss.findings()
            for finding in findings.prefix(50) { writer.write(finding.text + "\n") }
            if findings.isEmpty { return 0 }
            if findings.count > 50 { writer.write("... and \(findings.count - 50) more\n") }
            writer.write("if this is intended, add to the commit message:\n")
            var said: Set<String> = []
            for finding in findings where said.count < 20 && said.insert(finding.trailer).inserted {
                writer.write("    \(finding.trailer)\n")
            }
            return 10
        } catch {
            let explained = error as? any Explained
            writer.write((explained?.message ?? "\(error)") + "\n")
            for hint in explained?.hints ?? [] { writer.write("hint: \(hint)\n") }
            return ExitStatus.broken.code
        }
    }
}
