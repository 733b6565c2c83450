internal import Configuration
package import Notation
internal import Spawn

extension ProcessEnvironment {
    /// What every program needs to find its files and to speak to the user.
    private static let usual = [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TZ", "TERM", "TMPDIR", "VIRTUAL_ENV",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR",
    ]

    /// The usual variables and those that a job declares, and no others: so a variable that decides
    /// but is not declared is missing in the job, rather than in the key of its result.
    func declared(_ patterns: [Glob]) -> ProcessEnvironment {
        ProcessEnvironment(
            rows: rows.filter { row in
                let name = row.prefix { $0 != UInt8(ascii: "=") }
                return Self.usual.contains(String(decoding: name, as: UTF8.self))
                    || name.starts(with: Array("LC_".utf8))
                    || patterns.contains { $0.matches(branch: name) }
            })
    }

    /// The declared variables, `NAME=value`, sorted; one that is unset is not among them.
    package func values(of patterns: [Glob]) -> [String] {
        rows.filter { row in
            let name = row.prefix { $0 != UInt8(ascii: "=") }
            return patterns.contains { $0.matches(branch: name) }
        }.map { String(decoding: $0, as: UTF8.self) }.sorted()
    }
}
