internal import Glibc
package import SystemPackage

/// The variables of a process, as bytes: values need not be UTF-8.
package struct ProcessEnvironment: Sendable, Equatable {
    /// `NAME=value` without the terminating NUL, in the order in which they were given.
    package private(set) var rows: [[UInt8]]

    package init(rows: [[UInt8]] = []) {
        self.rows = rows.filter { $0.firstIndex(of: UInt8(ascii: "=")).map { $0 > 0 } ?? false }
    }

    /// This process's own variables.
    package static func inherited() -> ProcessEnvironment {
        var rows: [[UInt8]] = []
        var next = environ
        while let row = next.pointee {
            rows.append(
                Array(
                    UnsafeBufferPointer(start: row, count: strlen(row)).map(UInt8.init(bitPattern:))
                ))
            next += 1
        }
        return ProcessEnvironment(rows: rows)
    }

    /// A variable's value as text; setting nil removes it.
    package subscript(name: String) -> String? {
        get {
            let prefix = Array("\(name)=".utf8)
            return rows.first { $0.starts(with: prefix) }
                .map { String(decoding: $0.dropFirst(prefix.count), as: UTF8.self) }
        }
        set {
            let prefix = Array("\(name)=".utf8)
            rows.removeAll { $0.starts(with: prefix) }
            if let newValue { rows.append(prefix + Array(newValue.utf8)) }
        }
    }

    /// The variables without those that git sets for a hook.
    ///
    /// Git passes the repository to a hook in `GIT_DIR`, `GIT_INDEX_FILE` and others. A
    /// job that runs `git` in another folder must not reach the user's repository through
    /// them.
    package func withoutGit() -> ProcessEnvironment {
        let prefix = Array("GIT_".utf8)
        return ProcessEnvironment(
            rows: rows.filter { row in
                guard row.starts(with: prefix) else { return true }
                let name = String(
                    decoding: row.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
                return Self.usersOwn.contains { own in
                    own.last == "_" ? name.hasPrefix(own) : name == own
                }
            })
    }

    /// Variables of git that it sets for nobody; a name that ends in `_` stands for all that begin so.
    private static let usersOwn = [
        "GIT_ALLOW_PROTOCOL", "GIT_ASKPASS", "GIT_ATTR_NOSYSTEM", "GIT_COMMITTER_EMAIL",
        "GIT_COMMITTER_NAME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM",
        "GIT_HTTP_", "GIT_PROXY_", "GIT_SSH", "GIT_SSH_", "GIT_SSL_", "GIT_TERMINAL_PROMPT",
    ]

    /// The environment with messages in English, for programs whose output is searched for words.
    package func inEnglish() -> ProcessEnvironment {
        var environment = self
        // It overrides the variable for messages; its other effects are kept.
        if let all = self["LC_ALL"], !all.isEmpty {
            environment["LC_ALL"] = nil
            for kind in ["CTYPE", "COLLATE", "NUMERIC", "TIME", "MONETARY"] {
                environment["LC_\(kind)"] = all
            }
        }
        environment["LANGUAGE"] = nil
        environment["LC_MESSAGES"] = "C"
        return environment
    }

    /// The user's folder for caches, by the XDG base directory specification.
    package var caches: FilePath {
        if let path = self["XDG_CACHE_HOME"], path.hasPrefix("/") {
            return FilePath(path).appending("hooks")
        }
        if let home = self["HOME"], home.hasPrefix("/") {
            return FilePath(home).appending(".cache").appending("hooks")
        }
        return FilePath("/tmp/hooks-\(geteuid())")
    }

    /// The bytes that the kernel counts for them in the limit of a command line.
    package var size: Int {
        rows.reduce(0) { $0 + $1.count + 1 + MemoryLayout<UnsafeRawPointer>.size }
    }
}
