import Foundation
import TestSupport

/// `hooks guard` as its caller sees it: a socket, a report, and processes that can be told by their
/// environment.
final class Guarded {
    private let guardian = Process()
    private let mark = UUID().uuidString
    private var socket: Int32
    /// How long anything may take before the test fails.
    private let patience: TimeInterval = 20

    /// Starts a guard over `sh -c SCRIPT`, or over other words.
    init(_ script: String, options: [String] = [], command: [String]? = nil) throws {
        var ends: [Int32] = [-1, -1]
        guard
            socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0
        else { throw Unexpected("no socket: \(errno)") }
        socket = ends[0]
        guardian.executableURL = try Tested.binary()
        guardian.arguments = ["guard"] + options + ["--"] + (command ?? ["/bin/sh", "-c", script])
        guardian.environment = ["PATH": "/usr/bin:/bin", "GUARDED": mark]
        guardian.standardInput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        guardian.standardOutput = FileHandle.nullDevice
        guardian.standardError = FileHandle.nullDevice
        try guardian.run()
    }

    deinit {
        leave()
        for process in alive() { kill(process, SIGKILL) }
    }

    /// Ends the caller's side, as the kernel does for a caller that was killed.
    func leave() {
        if socket >= 0 { close(socket) }
        socket = -1
    }

    /// Processes with the mark in their environment, the guard among them.
    func alive() -> [pid_t] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let wanted = Data("GUARDED=\(mark)\0".utf8)
        return names.compactMap { name in
            guard let process = pid_t(name),
                let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ"),
                environment.range(of: wanted) != nil
            else { return nil }
            return process
        }
    }

    /// Waits until so many processes are there.
    func wait(for count: Int) throws {
        let end = Date(timeIntervalSinceNow: patience)
        while alive().count != count {
            if Date() > end { throw Unexpected("\(alive().count) processes instead of \(count)") }
            usleep(10_000)
        }
    }

    /// What the guard says when all is over.
    func report() throws -> String {
        let end = Date(timeIntervalSinceNow: patience)
        while guardian.isRunning {
            if Date() > end { throw Unexpected("the guard does not end") }
            usleep(10_000)
        }
        var words = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &words, words.count, Int32(MSG_DONTWAIT))
        return String(decoding: words.prefix(max(0, count)), as: UTF8.self)
    }
}
