internal import Files
internal import Glibc
internal import Synchronization
package import SystemPackage

/// The result of a process that ran without a guard.
package struct DirectResult: Sendable {
    /// nil if a signal ended it, or if it could not be started.
    package var code: Int32?
    /// Whether it was killed at its timeout.
    package var isLate = false
    package var output: [UInt8] = []
    package var errors: [UInt8] = []

    package init(
        code: Int32? = nil, isLate: Bool = false, output: [UInt8] = [], errors: [UInt8] = []
    ) {
        self.code = code
        self.isLate = isLate
        self.output = output
        self.errors = errors
    }
}

/// Runs a program that certainly ends by itself, such as `git`, in a separate session.
///
/// It survives a kill of this process. Its whole output is kept, up to a quarter of a gigabyte.
///
/// - Parameter input: all of its standard input.
package func runDirectly(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath? = nil,
    environment: ProcessEnvironment, input: [UInt8] = []
) -> DirectResult {
    runAndTalk(program, arguments, folder, environment, input, onTerminal: false)
}

/// Runs a program that may ask the user something, such as `git push` for a passphrase: it stays on
/// the user's terminal, in this session, and gets Ctrl-C as this process does.
///
/// - Parameter input: all of its standard input; such programs ask on the terminal itself.
package func runAttached(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath,
    environment: ProcessEnvironment, input: [UInt8] = []
) -> DirectResult {
    runAndTalk(program, arguments, folder, environment, input, onTerminal: true)
}

/// Runs a program on the streams of this process, with a separate input; nil if a signal ended it,
/// or if it could not be started.
///
/// - Parameter input: all of its standard input.
package func runInPlace(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath,
    environment: ProcessEnvironment, input: [UInt8]
) -> Int32? {
    guard let pipe = try? makePipe() else { return nil }
    let child = try? startProgram(
        program, [program.bytes] + arguments, environment, in: folder,
        streams: [pipe.reading, STDOUT_FILENO, STDERR_FILENO], onTerminal: true)
    close(pipe.reading)
    var rest = input[...]
    while child != nil, !rest.isEmpty {
        let count = rest.withUnsafeBytes { write(pipe.writing, $0.baseAddress, $0.count) }
        // It does not want the rest.
        if count < 0, errno != EINTR { break }
        rest = rest.dropFirst(max(0, count))
    }
    close(pipe.writing)
    return child.flatMap { waitForEnd(of: $0) }
}

private func runAndTalk(
    _ program: FilePath, _ arguments: [[UInt8]], _ folder: FilePath?,
    _ environment: ProcessEnvironment, _ input: [UInt8], onTerminal: Bool,
    _ timeout: Duration? = nil, _ mortal: Mortal? = nil
) -> DirectResult {
    let conversation: Conversation
    let child: pid_t
    do throws(Errno) {
        conversation = try Conversation(input: input)
        child = try startProgram(
            program, [program.bytes] + arguments, environment, in: folder,
            streams: conversation.childsEnds, onTerminal: onTerminal)
    } catch {
        return DirectResult(errors: Array("\(error)".utf8))
    }
    mortal?.isBorn(child)
    let isLate = !conversation.hold(until: timeout.map { ContinuousClock.now + $0 })
    if isLate { kill(child, SIGKILL) }
    mortal?.isGone()
    return DirectResult(
        code: waitForEnd(of: child), isLate: isLate, output: conversation.output,
        errors: conversation.errors)
}

/// Runs a program that starts no others from a task: it is killed at its timeout, or if the
/// task is cancelled.
package func runBriefly(
    _ program: FilePath, _ arguments: [[UInt8]], folder: FilePath? = nil,
    environment: ProcessEnvironment, input: [UInt8] = [], timeout: Duration
) async -> DirectResult {
    let child = Mortal()
    return await withTaskCancellationHandler {
        await aside {
            runAndTalk(
                program, arguments, folder, environment, input, onTerminal: false, timeout, child)
        }
    } onCancel: {
        child.end()
    }
}

/// A child that others may kill, as long as its process number is still its own.
private final class Mortal: Sendable {
    private enum State {
        case unborn
        case running(pid_t)
        case doomed
        case gone
    }

    private let state = Mutex(State.unborn)

    func isBorn(_ child: pid_t) {
        state.withLock { state in
            if case .doomed = state { kill(child, SIGKILL) } else { state = .running(child) }
        }
    }

    /// After the wait its number may belong to another process.
    func isGone() { state.withLock { $0 = .gone } }

    func end() {
        state.withLock { state in
            if case .running(let child) = state { kill(child, SIGKILL) }
            if case .unborn = state { state = .doomed }
        }
    }
}

/// The three streams of a child: its input, its output and its errors.
private final class Conversation {
    private(set) var output: [UInt8] = []
    private(set) var errors: [UInt8] = []
    private var input: ArraySlice<UInt8>
    private var ours: [CInt] = []
    private(set) var childsEnds: [CInt] = []

    private static let limit = 1 << 28

    init(input: [UInt8]) throws(Errno) {
        self.input = input[...]
        do {
            let given = try makePipe()
            (ours, childsEnds) = ([given.writing], [given.reading])
            for _ in 0..<2 {
                let said = try makePipe()
                ours.append(said.reading)
                childsEnds.append(said.writing)
            }
        } catch {
            for end in ours + childsEnds { close(end) }
            throw error
        }
        _ = fcntl(ours[0], F_SETFL, O_NONBLOCK)
    }

    deinit {
        for end in ours + childsEnds where end >= 0 { close(end) }
    }

    /// Writes and reads until the child has closed both its output streams; false if the timeout
    /// came before.
    func hold(until deadline: ContinuousClock.Instant?) -> Bool {
        for end in childsEnds { close(end) }
        childsEnds = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while ours[1] >= 0 || ours[2] >= 0 {
            if input.isEmpty { end(0) }
            // A negative descriptor is ignored.
            var watched = [
                pollfd(fd: ours[0], events: Int16(POLLOUT), revents: 0),
                pollfd(fd: ours[1], events: Int16(POLLIN), revents: 0),
                pollfd(fd: ours[2], events: Int16(POLLIN), revents: 0),
            ]
            let left = deadline.map { $0 - ContinuousClock.now }
            if let left, left <= .zero { return false }
            let patience = left.map { Int32(clamping: $0.milliseconds + 1) } ?? -1
            guard poll(&watched, nfds_t(watched.count), patience) >= 0 else {
                if errno == EINTR { continue }
                return true
            }
            if watched[0].revents != 0 { give() }
            for stream in 1...2 where watched[stream].revents != 0 {
                let count = readChunk(ours[stream], &chunk)
                if count == 0 { end(stream) }
                keep(chunk[..<count], of: stream)
            }
        }
        return true
    }

    private func give() {
        let count = input.withUnsafeBytes { write(ours[0], $0.baseAddress, $0.count) }
        if count >= 0 {
            input = input.dropFirst(count)
        } else if errno != EAGAIN && errno != EINTR {
            // It does not want the rest.
            input = []
        }
    }

    private func keep(_ chunk: ArraySlice<UInt8>, of stream: Int) {
        if stream == 1, output.count < Self.limit { output += chunk }
        if stream == 2, errors.count < Self.limit { errors += chunk }
    }

    private func end(_ stream: Int) {
        if ours[stream] >= 0 { close(ours[stream]) }
        ours[stream] = -1
    }
}
