internal import Files
internal import Glibc
internal import Spawn
internal import SystemPackage

/// Everything that one interpreter's start depends on. A server serves exactly the requests with
/// its own key.
struct ServerKey: Sendable {
    let parts: [[UInt8]]

    /// - Parameters:
    ///   - fingerprint: what is installed beside the script.
    ///   - surroundings: the rights of this process, which the server must have as well.
    /// - Returns: nil if the variables require something that only a fresh process can do.
    init?(
        _ script: ConsoleScript, fingerprint: [String], environment: ProcessEnvironment,
        idle: Duration, surroundings: ProcessSurroundings
    ) {
        guard let status = Self.status(of: script.interpreter),
            let variables = Self.shaping(environment)
        else { return nil }
        parts =
            [
                ServerProgram.version, script.path.bytes, script.interpreter.bytes,
                script.option ?? [], status,
            ]
            + fingerprint.map { Array($0.utf8) } + [Array("\(idle.milliseconds)".utf8)]
            + variables + surroundings.parts
    }

    /// The name of its files; short, because the path of a socket must be short.
    var name: String { Self.shortName(of: parts) }

    static func shortName(of parts: [[UInt8]]) -> String {
        String(stableHash(Array(parts.joined(separator: [0]))), radix: 36)
    }

    private static func status(of program: FilePath) -> [UInt8]? {
        var raw = stat()
        guard program.withPlatformString({ stat($0, &raw) }) == 0 else { return nil }
        let status = FileStatus(raw)
        return Array("\(status.inode) \(status.size) \(status.modified)".utf8)
    }

    /// The variables that an interpreter reads before it runs a script.
    private static func shaping(_ environment: ProcessEnvironment) -> [[UInt8]]? {
        var found: [[UInt8]] = []
        for row in environment.rows {
            let name = String(decoding: row.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
            if name.hasPrefix("PYTHON") {
                guard let kind = python[name] else { return nil }
                let value = row.dropFirst(name.utf8.count + 1)
                // Relative paths refer to the folder in which a fresh process starts.
                if kind == .places, !isAbsolute(value) { return nil }
            } else if !others.contains(name),
                !prefixes.contains(where: { name.hasPrefix($0) })
            {
                continue
            }
            found.append(row)
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private enum Kind {
        case word
        case places
    }

    /// Python's own variables that do not change the start; with any other there is no
    /// server.
    private static let python: [String: Kind] = [
        "PYTHONCOERCECLOCALE": .word, "PYTHONDONTWRITEBYTECODE": .word, "PYTHONHASHSEED": .word,
        "PYTHONHOME": .places, "PYTHONIOENCODING": .word, "PYTHONNOUSERSITE": .word,
        "PYTHONOPTIMIZE": .word, "PYTHONPATH": .places, "PYTHONPYCACHEPREFIX": .places,
        "PYTHONSAFEPATH": .word, "PYTHONUNBUFFERED": .word, "PYTHONUSERBASE": .places,
        "PYTHONUTF8": .word,
    ]

    private static let others: Set<String> = [
        "GLIBC_TUNABLES", "HOME", "LANG", "LANGUAGE", "TZ", "VIRTUAL_ENV", "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
    ]

    private static let prefixes = ["LC_", "LD_", "MALLOC_"]

    private static func isAbsolute(_ places: ArraySlice<UInt8>) -> Bool {
        places.isEmpty
            || places.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .allSatisfy { $0.first == UInt8(ascii: "/") }
    }
}
