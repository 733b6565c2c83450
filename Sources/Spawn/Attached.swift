internal import Subprocess
package import SystemPackage

/// Runs a program that may ask the user something, such as `git push` for a passphrase: it stays on
/// the user's terminal. Cancelling the task ends it.
///
/// - Parameter input: all of its standard input; such programs ask on the terminal itself.
/// - Returns: both of its streams in `output`, each as a whole.
package func runAttached(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath,
    environment: ProcessEnvironment, input: [UInt8] = []
) async -> DirectResult {
    do {
        let result = try await Subprocess.run(
            .path(program),
            arguments: Arguments(
                executablePathOverride: Array(program.string.utf8) + [0],
                remainingValues: arguments.map { $0 + [0] }),
            environment: .custom(environment.terminated), workingDirectory: folder,
            input: .array(input), output: .bytes(limit: 1 << 24), error: .bytes(limit: 1 << 24))
        var code: Int32?
        if case .exited(let number) = result.terminationStatus { code = number }
        return DirectResult(code: code, output: result.standardOutput, errors: result.standardError)
    } catch {
        return DirectResult(code: nil, output: [], errors: Array("\(error)".utf8))
    }
}
