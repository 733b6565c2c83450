internal import CLinux
internal import Dispatch
internal import Files
internal import Glibc
package import Spawn
internal import Synchronization
package import SystemPackage

/// The tool servers of a user: processes that have imported a Python tool and fork for each run, so
/// that no run needs to start Python.
///
/// Nothing depends on them. If one fails, a fresh process does its work in the same
/// run.
package final class ToolServers: Sendable {
    /// The folder with their sockets.
    package let folder: FilePath
    private let missing = Mutex<[String: Missing]>([:])

    /// A server that was missing.
    private struct Missing {
        var script: ConsoleScript
        var key: ServerKey
        var environment: ProcessEnvironment
        var idle: Duration
    }

    /// The largest number of servers.
    private static let most = 24

    /// - Parameters:
    ///   - caches: the user's folder for caches.
    ///   - runtime: the user's folder for sockets, `XDG_RUNTIME_DIR`, where there is one.
    package init(caches: FilePath, runtime: String?) {
        if let runtime, runtime.hasPrefix("/") {
            folder = FilePath(runtime).appending("hooks")
        } else {
            folder = caches.appending("servers")
        }
    }

    /// Runs a tool like `Spawn.run` does; nil if `Spawn.run` must do it.
    ///
    /// - Parameters:
    ///   - fingerprint: what is installed beside the program; nil if that is unknown.
    ///   - idle: after this time without work the server ends.
    package func run(
        _ invocation: Invocation, idle: Duration, fingerprint: (FilePath) -> [String]?
    ) async -> Completion? {
        let surroundings = ProcessSurroundings()
        guard !invocation.writes, let script = ConsoleScript(at: invocation.program),
            let fingerprint = fingerprint(invocation.program),
            let key = ServerKey(
                script, fingerprint: fingerprint, environment: invocation.environment, idle: idle,
                surroundings: surroundings)
        else { return nil }
        let connection = connect(to: key.name)
        guard connection >= 0 else {
            miss(script, key, invocation.environment, idle)
            return nil
        }
        let conversation = Conversation(connection)
        let request = ServerRequest(invocation, key: key, umask: surroundings.umask)
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    continuation.resume(returning: conversation.run(request))
                }
            }
        } onCancel: {
            conversation.cut()
        }
        switch answer {
        case .done(var completion):
            if Task.isCancelled { completion.ending = .cancelled }
            return completion
        case .declined: return nil
        case .gone:
            miss(script, key, invocation.environment, idle)
            return nil
        }
    }

    /// A connected socket, or -1.
    func connect(to name: String) -> CInt {
        guard let folder = openFolder() else { return -1 }
        let socket = FilePath("\(name).socket")
        guard let status = try? folder.status(socket), status.kind == .other,
            status.owner == geteuid()
        else { return -1 }
        // By descriptor: it must be the checked folder, and a socket's
        // path may have 107 bytes only.
        return linux_connect("/proc/self/fd/\(folder.descriptor)/\(socket.string)")
    }

    /// The folder, if only the user can write to it; nil if there is none.
    func openFolder() -> Folder? {
        guard let opened = try? Folder(opening: folder), Self.isPrivate(opened) else { return nil }
        return opened
    }

    private static func isPrivate(_ folder: borrowing Folder) -> Bool {
        guard let status = try? folder.status(".") else { return false }
        return status.owner == geteuid() && status.permissions & 0o077 == 0
    }

    private func miss(
        _ script: ConsoleScript, _ key: ServerKey, _ environment: ProcessEnvironment,
        _ idle: Duration
    ) {
        missing.withLock {
            $0[key.name] = Missing(script: script, key: key, environment: environment, idle: idle)
        }
    }

    /// Starts the servers that were missing, for the next run.
    ///
    /// Called at the end, so that they do not compete with the run's own work.
    package func startMissing() {
        let wanted = missing.withLock { missing in
            defer { missing = [:] }
            return missing
        }
        guard !wanted.isEmpty, let opened = try? Folder(making: folder, mode: 0o700),
            Self.isPrivate(opened)
        else { return }
        let running = (try? opened.names().count { $0.extension == "socket" }) ?? 0
        for (name, server) in wanted.sorted(by: { $0.key < $1.key })
            .prefix(max(0, Self.most - running))
        {
            start(server, name)
        }
    }

    private func start(_ server: Missing, _ name: String) {
        // The program comes on standard input, so there is no file that could be tampered
        // with.
        let bootstrap = """
            code, _, settings = open(0, "rb", closefd=False).read().partition(b"\\0"); \
            exec(compile(code, "<hooks>", "exec"))
            """
        let words =
            [server.script.interpreter.bytes] + (server.script.option.map { [$0] } ?? [])
            + [Array("-c".utf8), Array(bootstrap.utf8), Array("hooks-tool-server".utf8)]
            + [server.script.path.bytes]
        let settings =
            [
                folder.bytes, Array(name.utf8), Array("\(server.idle.inSeconds)".utf8),
                server.script.path.bytes,
            ] + server.key.parts
        let input = ServerProgram.text + [0] + settings.joined(separator: [0])
        withCStrings(words) { words in
            withCStrings(server.environment.rows) { rows in
                _ = linux_start_detached(words, rows, input, input.count)
            }
        }
    }
}

extension Duration {
    fileprivate var inSeconds: Double { Double(milliseconds) / 1000 }
}
