internal import Files
internal import Spawn

/// A request to a server, as the bytes that `server.py` reads: their number, then every field with
/// a NUL after it, and a count before every list.
struct ServerRequest {
    let bytes: [UInt8]

    /// Requests a run of the server's tool.
    init(_ invocation: Invocation, key: ServerKey, umask: UInt32) {
        let timeout = invocation.timeout?.milliseconds ?? 0
        self.init(
            fields: [Array("run".utf8)] + Self.list(key.parts)
                + [invocation.folder.bytes, Array("\(umask)".utf8), Array("\(timeout)".utf8)]
                + Self.list(invocation.protected.map(\.bytes))
                + Self.list(invocation.writable.map(\.bytes))
                + Self.list(invocation.arguments) + Self.list(invocation.environment.rows))
    }

    /// A word to the server itself: `show` or `stop`.
    init(verb: String) {
        self.init(
            fields: [Array(verb.utf8)] + Self.list([]) + [Array("/".utf8)]
                + [Array("0".utf8), Array("0".utf8)] + Self.list([]) + Self.list([])
                + Self.list([]) + Self.list([]))
    }

    private init(fields: [[UInt8]]) {
        var body: [UInt8] = []
        for field in fields {
            body += field
            body.append(0)
        }
        let size = UInt32(body.count).littleEndian
        bytes = withUnsafeBytes(of: size) { [UInt8]($0) } + body
    }

    private static func list(_ items: [[UInt8]]) -> [[UInt8]] {
        [Array("\(items.count)".utf8)] + items
    }
}
