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
    /// Git tells a hook by `GIT_DIR`, `GIT_INDEX_FILE` and others which repository it works on, and by
    /// further ones what its own options were and who commits. A job that runs `git` in a folder of
    /// its own must not reach the user's repository through them, or act in the committer's name.
    /// What the user has set for every git, such as `GIT_SSH_COMMAND`, stays.
    package func withoutGit() -> ProcessEnvironment {
        ProcessEnvironment(
            rows: rows.filter { row in
                let name = row.prefix { $0 != UInt8(ascii: "=") }
                guard name.starts(with: "GIT_".utf8) else { return true }
                let rest = String(decoding: name.dropFirst(4), as: UTF8.self)
                return !Self.setByGit.contains(rest) && !rest.hasPrefix("PUSH_OPTION_")
                    && !rest.hasPrefix("INTERNAL_") && !rest.hasPrefix("AUTHOR_")
            })
    }

    /// What `git rev-parse --local-env-vars` lists, the options of git that it hands on, and what its
    /// commands tell each other; without `GIT_`.
    private static let setByGit: Set<String> = [
        "ALTERNATE_OBJECT_DIRECTORIES", "CHERRY_PICK_HELP", "COMMON_DIR", "CONFIG",
        "CONFIG_PARAMETERS", "DIR", "EDITOR", "EXEC_PATH", "GLOB_PATHSPECS", "GRAFT_FILE",
        "ICASE_PATHSPECS",
        "IMPLICIT_WORK_TREE", "INDEX_FILE", "LITERAL_PATHSPECS", "NAMESPACE", "NOGLOB_PATHSPECS",
        "NO_REPLACE_OBJECTS", "OBJECT_DIRECTORY", "OPTIONAL_LOCKS", "PREFIX", "QUARANTINE_PATH",
        "REFLOG_ACTION", "REPLACE_REF_BASE", "SEQUENCE_EDITOR", "SHALLOW_FILE", "WORK_TREE",
    ]

    /// The environment with messages in English, for programs whose words are asked for.
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
