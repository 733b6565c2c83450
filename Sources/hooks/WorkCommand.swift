import Glibc
import Pipeline
import Reporting
import Spawn
import SystemPackage

/// `hooks work NAME`: a job of the suite's own, as a process like that of any other job.
///
/// It prints its findings and exits with 0, or with 10 when there are any.
enum WorkCommand {
    static func main(_ words: [String]) -> Int32 {
        let writer = ByteWriter(.standardOutput)
        defer { writer.flush() }
        guard words.first == "loss" else { return ExitStatus.usage.code }
        do {
            guard let loss = try Loss(ProcessEnvironment.inherited()) else {
                writer.write("nothing to compare with\n")
                return 0
            }
            let findings = try loss.findings()
            for line in findings { writer.write(line + "\n") }
            if findings.isEmpty { return 0 }
            writer.write(
                "if that is meant, say so in the message: `Reverts: COMMIT` or `Removes: NAME`\n")
            return 10
        } catch {
            let reason = (error as? any Explained)?.message ?? "\(error)"
            writer.write(reason + "\n")
            return ExitStatus.broken.code
        }
    }
}
