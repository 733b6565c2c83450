import Glibc
import Reporting
import Staging

/// `hooks index`: the helper that writes the index; see `IndexUpdate`. The request comes on
/// standard input.
enum IndexCommand {
    static func main() -> Int32 {
        let input = standardInput()
        do {
            if let placement = IndexPlacement(input) {
                try placement.carryOut()
                return 0
            }
            guard let request = IndexRequest(input) else { return ExitStatus.usage.code }
            let answer = try request.carryOut()
            write(STDOUT_FILENO, answer, answer.count)
            return 0
        } catch let error as any Explained {
            let words = Array(error.message.utf8)
            write(STDOUT_FILENO, words, words.count)
            return error.exitStatus.code
        } catch {
            return ExitStatus.fault.code
        }
    }
}
