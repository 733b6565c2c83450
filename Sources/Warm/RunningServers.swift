internal import CLinux
internal import Files
internal import Glibc
package import SystemPackage

/// The data that a running server reports.
package struct ServerStatus: Sendable {
    package var process: Int32
    /// Its script.
    package var script: FilePath
    /// Since it was started, and since it last did its work.
    package var age: Duration
    package var idle: Duration
    /// The packages of its environment that it has imported.
    package var packages: [String]
    /// Whether it runs tools; a server whose imports print something does not.
    package var serves: Bool
}

extension ToolServers {
    /// The running servers, by the paths of their scripts.
    package func running() -> [ServerStatus] {
        names().compactMap { name in
            ask("show", server: name).flatMap(ServerStatus.init)
        }.sorted { ($0.script.string, $0.process) < ($1.script.string, $1.process) }
    }

    /// Stops every server, and removes leftovers of killed servers.
    ///
    /// - Returns: how many there were.
    package func stop() -> Int {
        let stopped = names().filter { ask("stop", server: $0) != nil }
        guard let folder = openFolder() else { return 0 }
        for _ in 0..<200
        where (try? stopped.contains { try folder.status(socket($0)) != nil }) == true {
            usleep(10_000)
        }
        // A server that was killed while it ended has left its lock.
        for name in names("lock") {
            // A server whose lock can be taken does not run.
            let file = FilePath("\(name).lock")
            guard let lock = (try? Lock(file, in: folder)) ?? nil else { continue }
            try? folder.remove(socket(name))
            try? folder.remove(file)
            _ = lock
        }
        return stopped.count
    }

    private func socket(_ name: String) -> FilePath { FilePath("\(name).socket") }

    private func names(_ kind: String = "socket") -> [String] {
        guard let folder = openFolder(), let names = try? folder.names() else { return [] }
        return names.filter { $0.extension == kind }.compactMap(\.stem)
    }

    /// The answer of a server to a word; nil if there is none.
    private func ask(_ verb: String, server: String) -> [UInt8]? {
        let connection = connect(to: server)
        guard connection >= 0 else { return nil }
        let conversation = Conversation(connection)
        return conversation.ask(ServerRequest(verb: verb))
    }
}

extension ServerStatus {
    /// Reads lines of a letter and a value.
    init?(_ words: [UInt8]) {
        self.init(
            process: 0, script: "", age: .zero, idle: .zero, packages: [], serves: true)
        for line in words.split(separator: UInt8(ascii: "\n")) {
            let value = line.dropFirst(2)
            let text = String(decoding: value, as: UTF8.self)
            switch line.first.map(UnicodeScalar.init) {
            case "P": process = Int32(text) ?? 0
            case "A": age = .seconds(Int(text) ?? 0)
            case "I": idle = .seconds(Int(text) ?? 0)
            case "M": packages.append(text)
            case "U": serves = text == "1"
            case "F": script = FilePath(bytes: value)
            default: break
            }
        }
        guard process > 0 else { return nil }
    }
}
