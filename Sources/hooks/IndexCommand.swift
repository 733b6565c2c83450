import Glibc
import Reporting
import Staging

/// `hooks index`: the helper that writes the index; see `IndexUpdate`. The request comes on standard input.
enum IndexCommand {
    static func main() -> Int32 {
        var request: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            request += chunk[..<count]
        }
        guard let request = IndexRequest(request) else { return ExitStatus.usage.code }
        do {
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
