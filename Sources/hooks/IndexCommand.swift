import Reporting
import Staging
import SystemPackage

/// `hooks index`: the helper that writes the index; see `IndexUpdate`. The request comes on
/// standard input.
enum IndexCommand {
    static func main() -> Int32 {
        let input = standardInput()
        let writer = ByteWriter(.standardOutput)
        defer { writer.flush() }
        do {
            if let placement = IndexPlacement(input) {
                try placement.carryOut()
                return 0
            }
            guard let request = IndexRequest(input) else { return ExitStatus.usage.code }
            writer.write(try request.carryOut())
            return 0
        } catch let error as any Explained {
            writer.write(error.message)
            return error.exitStatus.code
        } catch {
            return ExitStatus.fault.code
        }
    }
}
