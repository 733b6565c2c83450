internal import CLinux
internal import Files
internal import Glibc
internal import Spawn
internal import SystemPackage

/// One connection to a server, on which one tool runs.
final class Conversation: Sendable {
    /// The result.
    enum Answer {
        case done(Completion)
        /// The server cannot run the tool: a fresh process must.
        case declined
        /// The server is gone, or ends because its imported files have changed: a fresh
        /// process must run the tool, and a new server may be started.
        case gone
    }

    private let connection: CInt
    /// The largest answer of a server, in bytes.
    private static let mostWords = 1 << 16
    /// How long a server may take to report that the tool can begin, in milliseconds.
    private static let patience: Int32 = 1000

    /// - Parameter connection: a connected socket, which this closes.
    init(_ connection: CInt) { self.connection = connection }

    deinit { close(connection) }

    /// Requests the tool's end, like the guard's end of a socket does for a guard.
    func cut() { shutdown(connection, CInt(SHUT_WR)) }

    /// Runs the tool to its end; for a thread that may wait.
    func run(_ request: ServerRequest) -> Answer {
        var ends: [CInt] = [-1, -1]
        guard linux_pipe(&ends) == 0 else { return .declined }
        let reader = ends[0]
        defer { close(reader) }
        let sent = linux_send(
            connection, request.bytes, request.bytes.count, [ends[1], ends[1]], 2)
        close(ends[1])
        guard sent == 0 else { return .gone }
        guard let first = firstWords() else { return .gone }
        if first.starts(with: "O".utf8) { return .gone }
        guard first.starts(with: "R ".utf8) else { return .declined }
        // From here on the tool may have begun.
        let go = Array("G".utf8)
        guard linux_send(connection, go, go.count, nil, 0) == 0 else {
            return .gone
        }
        return listen(to: reader, first)
    }

    /// The server's answer to a word to itself; nil if it does not come in time.
    func ask(_ request: ServerRequest) -> [UInt8]? {
        guard linux_send(connection, request.bytes, request.bytes.count, nil, 0) == 0 else {
            return nil
        }
        var words: [UInt8] = []
        while words.count < Self.mostWords, hasNews(), let more = received() {
            if more.isEmpty { return words.isEmpty ? nil : words }
            words += more
        }
        return nil
    }

    /// Waits until something can be read; false when nothing comes in time.
    private func hasNews() -> Bool {
        while true {
            var waited = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waited, 1, Self.patience)
            if ready < 0, errno == EINTR { continue }
            return ready > 0
        }
    }

    /// A line, or nil when none comes in time.
    private func firstWords() -> [UInt8]? {
        var words: [UInt8] = []
        while words.last != UInt8(ascii: "\n") {
            guard words.count < Self.mostWords, hasNews(), let more = received(), !more.isEmpty
            else { return nil }
            words += more
        }
        return words
    }

    /// The received bytes; empty at the end, nil if nothing can be read.
    private func received() -> [UInt8]? {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(connection, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            return count < 0 ? nil : Array(chunk[..<count])
        }
    }

    /// Takes in the output and the report, until both are at their end.
    private func listen(to reader: CInt, _ first: [UInt8]) -> Answer {
        var output = Tail(limit: outputLimit)
        var words = first
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var waited = [
            pollfd(fd: reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: connection, events: Int16(POLLIN), revents: 0),
        ]
        while waited.contains(where: { $0.fd >= 0 }) {
            let isReported = waited[1].fd < 0
            let ready = poll(&waited, 2, isReported ? Self.patience : -1)
            if ready < 0, errno == EINTR { continue }
            // A process that still holds the pipe does not belong to the tool.
            if ready <= 0 { break }
            if waited[0].revents != 0 {
                let count = read(reader, &chunk, chunk.count)
                if count > 0 {
                    chunk.withUnsafeBytes { output.append(.init(rebasing: $0[..<count])) }
                } else if count == 0 || errno != EINTR {
                    waited[0].fd = -1
                }
            }
            if waited[1].fd >= 0, waited[1].revents != 0 {
                if words.count < Self.mostWords, let more = received(), !more.isEmpty {
                    words += more
                } else {
                    waited[1].fd = -1
                    endSession(ofLostLeader: words)
                }
            }
        }
        var completion = GuardReport(words).completion
        (completion.output, completion.leftOut) = output.end
        return .done(completion)
    }

    /// If a leader was killed, its processes still have the number of its session.
    private func endSession(ofLostLeader words: [UInt8]) {
        guard GuardReport(words).completion.ending == .lost,
            let line = words.split(separator: UInt8(ascii: "\n")).first,
            let leader = pid_t(String(decoding: line.dropFirst(2), as: UTF8.self)), leader > 1
        else { return }
        killSession(leader)
    }
}
