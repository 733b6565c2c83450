internal import Subprocess
internal import SystemPackage

/// Runs this binary as a helper that outlives a kill of this process: in a session of its own, and without a guard.
///
/// - Parameter input: all of it is written before the helper is expected to act.
/// - Returns: its exit code, nil when a signal ended it or it could not be started, and what it printed.
package func runIndependently(
    _ words: [String], input: [UInt8], environment: ProcessEnvironment
) async -> (code: Int32?, output: [UInt8]) {
    var options = PlatformOptions()
    options.createSession = true
    do {
        let result = try await Subprocess.run(
            .path("/proc/self/exe"),
            arguments: Arguments(executablePathOverride: "hooks", remainingValues: words),
            environment: .custom(environment.terminated), platformOptions: options,
            input: .array(input),
            output: .bytes(limit: 1 << 20), error: .discarded)
        guard case .exited(let code) = result.terminationStatus else {
            return (nil, result.standardOutput)
        }
        return (code, result.standardOutput)
    } catch {
        return (nil, Array("\(error)".utf8))
    }
}
