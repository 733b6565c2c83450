internal import Configuration
package import Notation
internal import Spawn

extension ProcessEnvironment {
    /// The variables that every program needs to find its files and to print its messages.
    private static let usual = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TERM", "TMPDIR", "VIRTUAL_ENV",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    ]

    /// The usual variables and those that a job declares, and no others: so a variable that matters
    /// but is not declared is missing in the job, not only in the key of its result.
    func declared(_ patterns: [Glob]) -> ProcessEnvironment {
        ProcessEnvironment(
            rows: rows.filter { row in
                let name = row.prefix { $0 != UInt8(ascii: "=") }
                return Self.usual.contains(String(decoding: name, as: UTF8.self))
                    || name.starts(with: Array("LC_".utf8))
                    || patterns.contains { $0.matches(branch: name) }
            })
    }

    /// The declared variables, `NAME=value`, sorted; without unset ones.
    package func values(of patterns: [Glob]) -> [String] {
        rows.filter { row in
            let name = row.prefix { $0 != UInt8(ascii: "=") }
            return patterns.contains { $0.matches(branch: name) }
        }.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
}
