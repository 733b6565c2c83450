internal import CLinux
internal import Files
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// Runs a program under a guard, and waits for it.
///
/// The guard is this same binary, started as `hooks guard`. It is the program's parent and the
/// reaper of its orphans; it holds one end of a socket whose other end only this process has. If
/// this process ends for any reason, the guard notices it and kills the program with everything
/// that it started.
///
/// Cancelling the task kills the program in the same way.
///
/// - Parameter watch: receives the output of the program as it comes.
package func run(
    _ invocation: Invocation, watch: (@Sendable ([UInt8]) -> Void)? = nil
) async -> Completion {
    guard let line = Lifeline() else { return Completion(Errno(rawValue: errno)) }
    var completion = await withTaskCancellationHandler {
        await aside { runGuard(of: invocation, line, watch) }
    } onCancel: {
        line.cut()
    }
    if Task.isCancelled { completion.ending = .cancelled }
    return completion
}

/// Runs the guard to its end and keeps the end of what it and its program printed.
private func runGuard(
    of invocation: Invocation, _ line: Lifeline, _ watch: (@Sendable ([UInt8]) -> Void)?
) -> Completion {
    let output: (reading: CInt, writing: CInt)
    let process: pid_t
    do throws(Errno) { output = try makePipe() } catch { return Completion(error) }
    defer { close(output.reading) }
    do throws(Errno) {
        defer { close(output.writing) }
        process = try startProgram(
            "/proc/self/exe", guardWords(invocation), invocation.environment,
            in: invocation.folder, streams: [line.guardsEnd, output.writing, output.writing])
    } catch {
        return Completion(error)
    }
    line.handOver()
    let said = listen(to: output.reading, until: process, watch)
    waitForEnd(of: process)
    var completion = GuardReport(line.finalWords()).completion
    if completion.ending == .lost { endOrphans() }
    (completion.output, completion.leftOut) = said.end
    return completion
}

extension Completion {
    /// Nothing was started, for this reason.
    fileprivate init(_ reason: Errno) {
        self.init(ending: .notStarted(reason), output: [], leftOut: 0, leftRunning: [])
    }
}

/// Reads until the stream ends. A process that outlives its guard may keep it open; then until the
/// guard has ended and nothing more can be read.
private func listen(
    to stream: CInt, until process: pid_t, _ watch: (@Sendable ([UInt8]) -> Void)?
) -> Tail {
    var said = Tail(limit: outputLimit)
    let ending = linux_watch_process(process)
    defer { if ending >= 0 { close(ending) } }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        var watched = [
            pollfd(fd: stream, events: Int16(POLLIN), revents: 0),
            pollfd(fd: ending, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&watched, nfds_t(watched.count), -1) >= 0 else {
            if errno == EINTR { continue }
            return said
        }
        if watched[0].revents == 0 { return said }
        let count = readChunk(stream, &chunk)
        if count == 0 { return said }
        chunk.withUnsafeBytes { said.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        watch?(Array(chunk[..<count]))
    }
}

private func guardWords(_ invocation: Invocation) -> [[UInt8]] {
    var words: [[UInt8]] = [Array("hooks".utf8), Array("guard".utf8)]
    if let timeout = invocation.timeout {
        words.append(Array("--timeout=\(timeout.milliseconds)".utf8))
    }
    if invocation.notesDenied { words.append(Array("--note-denied".utf8)) }
    if invocation.writes { words.append(Array("--writes".utf8)) }
    for folder in invocation.protected { words.append(Array("--protect=".utf8) + folder.bytes) }
    for folder in invocation.writable { words.append(Array("--writable=".utf8) + folder.bytes) }
    for mount in invocation.mounts {
        words.append(Array("--mount=".utf8) + mount.source.bytes)
        words.append(Array("--at=".utf8) + mount.target.bytes)
    }
    for (name, value) in invocation.withoutMounts.sorted(by: { $0.key < $1.key }) {
        words.append(Array("--otherwise=\(name)=\(value)".utf8))
    }
    words.append(Array("--".utf8))
    words.append(invocation.program.bytes)
    return words + invocation.arguments
}

/// The socket between this process and one guard.
private final class Lifeline: Sendable {
    let ours: CInt
    let guardsEnd: CInt
    private let isHandedOver = Atomic(false)

    init?() {
        var ends: [CInt] = [-1, -1]
        guard socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { return nil }
        ours = ends[0]
        guardsEnd = ends[1]
    }

    deinit {
        close(ours)
        handOver()
    }

    /// Closes the guard's end in this process.
    func handOver() {
        if !isHandedOver.exchange(true, ordering: .relaxed) { close(guardsEnd) }
    }

    /// Tells the guard to kill its program.
    func cut() { shutdown(ours, CInt(SHUT_WR)) }

    /// The guard's report.
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

    /// The kept bytes, and how many before them were dropped.
    package var end: (bytes: [UInt8], leftOut: Int) {
        let surplus = max(0, kept.count - limit)
        return (Array(kept.dropFirst(surplus)), cut + surplus)
    }

    package mutating func append(_ chunk: UnsafeRawBufferPointer) {
        kept.append(contentsOf: chunk)
        // Cut rarely, so that large output moves each byte only once.
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
