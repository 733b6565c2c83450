package import Planning
internal import Reporting
internal import Spawn
internal import Warm

/// The running tool servers, to be printed.
package struct ServerListing: Answer {
    private let servers: [ServerStatus]

    package init(_ context: Context) {
        servers = context.servers.running()
    }

    package var isEmpty: Bool { servers.isEmpty }

    /// As text: one line for each server, and what it has imported.
    package var text: String {
        servers.map { server in
            let state = server.serves ? "" : ", of no use: its imports print something"
            return "\(safeName(server.script))  process \(server.process), "
                + "started \(Self.about(server.age)) ago, idle for \(Self.about(server.idle))\(state)\n"
                + "  has imported \(server.packages.joined(separator: ", "))\n"
        }.joined()
    }

    private static func about(_ time: Duration) -> String {
        let seconds = time.milliseconds / 1000
        return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    }

    /// As JSON, one object per line.
    package var json: String {
        servers.map { server in
            let members: [(key: String, value: JSON)] = [
                ("server", .string(safeName(server.script))),
                ("process", .integer(Int(server.process))),
                ("age_seconds", .integer(Int(server.age.milliseconds / 1000))),
                ("idle_seconds", .integer(Int(server.idle.milliseconds / 1000))),
                ("serves", .boolean(server.serves)),
                ("packages", .array(server.packages.map { .string($0) })),
            ]
            return JSON.object(members).text + "\n"
        }.joined()
    }
}
