internal import Subprocess
package import SystemPackage

/// What a process that was run without a guard came to.
package struct DirectResult: Sendable {
    /// nil when a signal ended it, or when it could not be started.
    package var code: Int32?
    package var output: [UInt8]
    package var errors: [UInt8]

    package init(code: Int32?, output: [UInt8], errors: [UInt8]) {
        self.code = code
        self.output = output
        self.errors = errors
    }
}

/// Runs a program that is trusted to end by itself, such as `git`, in a session of its own.
///
/// It outlives a kill of this process, and its output is kept whole.
///
/// - Parameter input: all of its standard input.
package func runDirectly(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath? = nil,
    environment: ProcessEnvironment, input: [UInt8] = []
) async -> DirectResult {
    var options = PlatformOptions()
    options.createSession = true
    do {
        let result = try await Subprocess.run(
            .path(program),
            arguments: Arguments(
                executablePathOverride: Array(program.string.utf8) + [0],
                remainingValues: arguments.map { $0 + [0] }),
            environment: .custom(environment.terminated), workingDirectory: folder,
            platformOptions: options, input: .array(input), output: .bytes(limit: 1 << 28),
            error: .bytes(limit: 1 << 20))
        var code: Int32?
        if case .exited(let number) = result.terminationStatus { code = number }
        return DirectResult(code: code, output: result.standardOutput, errors: result.standardError)
    } catch {
        return DirectResult(code: nil, output: [], errors: Array("\(error)".utf8))
    }
}
