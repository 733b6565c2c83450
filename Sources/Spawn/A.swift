import Subprocess
import SystemPackage
/// x
package func spawnTrue() async throws -> String {
  let r = try await run(.path("/bin/echo"), arguments: Arguments(["hi"]), output: .string(limit: 100), error: .discarded)
  return r.standardOutput
}
