internal import Files
internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Runs a program under a guard, and waits for it.
///
/// The guard is this same binary, started as `hooks guard`. It is the program's parent and the
/// reaper of its orphans; it holds one end of a socket whose other end only this process has. When
/// this process ends, however it ends, the guard sees that and ends the program with everything
/// that it started.
///
/// Cancelling the task ends the program in the same way.
package func run(_ invocation: Invocation) async -> Completion {
    guard let line = Lifeline() else {
        return Completion(
            ending: .notStarted(Errno(rawValue: errno)), output: [], leftOut: 0, leftRunning: [])
    }
    var output = Tail(limit: outputLimit)
    do {
        // Subprocess kills what it runs when its task is cancelled; the guard is to outlive that,
        // and to clean up.
        let guarded = Task { try await runGuard(of: invocation, line) }
        output = try await withTaskCancellationHandler {
            try await guarded.value
        } onCancel: {
            line.cut()
        }
    } catch {
        return Completion(
            ending: Task.isCancelled ? .cancelled : .notStarted(startError(error)),
            output: output.end.bytes, leftOut: output.end.leftOut, leftRunning: [])
    }
    var completion = GuardReport(line.finalWords()).completion
    if completion.ending == .lost { endOrphans() }
    if Task.isCancelled { completion.ending = .cancelled }
    (completion.output, completion.leftOut) = output.end
    return completion
}

/// Runs the guard to its end and gives the end of what it and its program printed.
private func runGuard(of invocation: Invocation, _ line: Lifeline) async throws -> Tail {
    var options = PlatformOptions()
    options.createSession = true
    let result = try await Subprocess.run(
        .path("/proc/self/exe"), arguments: guardArguments(invocation),
        environment: .custom(invocation.environment.terminated),
        workingDirectory: invocation.folder,
        platformOptions: options,
        input: .fileDescriptor(
            FileDescriptor(rawValue: line.guardsEnd), closeAfterSpawningProcess: true),
        output: .sequence, error: .combinedWithOutput
    ) { execution in
        var output = Tail(limit: outputLimit)
        for try await chunk in execution.standardOutput {
            chunk.withUnsafeBytes { output.append($0) }
        }
        return output
    }
    return result.closureResult
}

/// The system's reason why a process could not be started.
private func startError(_ error: any Error) -> Errno {
    (error as? SubprocessError)?.underlyingError as? Errno ?? .invalidArgument
}

private func guardArguments(_ invocation: Invocation) -> Arguments {
    var words: [[UInt8]] = [Array("guard".utf8)]
    if let timeout = invocation.timeout {
        words.append(Array("--timeout=\(timeout.milliseconds)".utf8))
    }
    if invocation.writes { words.append(Array("--writes".utf8)) }
    for folder in invocation.protected { words.append(Array("--protect=".utf8) + folder.bytes) }
    for folder in invocation.writable { words.append(Array("--writable=".utf8) + folder.bytes) }
    words.append(Array("--".utf8))
    words.append(invocation.program.bytes)
    // Subprocess hands these on as C strings, which end with NUL.
    return Arguments(
        executablePathOverride: Array("hooks\0".utf8),
        remainingValues: (words + invocation.arguments).map { $0 + [0] })
}

/// The socket between this process and one guard.
private final class Lifeline: Sendable {
    let ours: CInt
    let guardsEnd: CInt

    init?() {
        var ends: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { return nil }
        ours = ends[0]
        guardsEnd = ends[1]
    }

    deinit { close(ours) }

    /// Tells the guard to end what it guards.
    func cut() { shutdown(ours, CInt(SHUT_WR)) }

    /// What the guard said before it ended.
    func finalWords() -> [UInt8] {
        var words: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(ours, &chunk, chunk.count, CInt(MSG_DONTWAIT))
            if count <= 0 { return words }
            words.append(contentsOf: chunk[..<count])
        }
    }
}

/// The end of a stream: it keeps the last `limit` bytes.
package struct Tail: Sendable {
    private var cut = 0
    private var kept: [UInt8] = []
    private let limit: Int

    package init(limit: Int) { self.limit = limit }

    /// What is kept, and how much before it is not.
    package var end: (bytes: [UInt8], leftOut: Int) {
        let surplus = max(0, kept.count - limit)
        return (Array(kept.dropFirst(surplus)), cut + surplus)
    }

    package mutating func append(_ chunk: UnsafeRawBufferPointer) {
        kept.append(contentsOf: chunk)
        // Cut seldom, so that a flood costs one move of each byte.
        if kept.count > 4 * limit {
            cut += kept.count - limit
            kept = Array(kept.suffix(limit))
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    package var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
