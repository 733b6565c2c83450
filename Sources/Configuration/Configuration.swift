internal import Notation

/// The content of `hooks.toml`: settings that are not set are `nil` or empty, and the engine
/// applies the defaults.
package struct Configuration: Sendable, Equatable {
    /// The oldest release of hooks that may use this file, as it was written.
    package var requires: String?
    package var protect = Protect()
    /// Pinned tools in the order of the file.
    package var tools: [Pin] = []
    /// `warm` in `[tools]`: how long idle tool servers keep running; zero for no servers,
    /// `nil` if not set.
    package var warm: Duration?
    /// `[jobs.NAME]` by name: changes to catalogue jobs, and jobs of the project's own.
    package var jobs: [String: JobSettings] = [:]
    /// The jobs of each git hook in order. An empty list was set; an absent hook was not
    /// mentioned.
    package var hooks: [GitHook: [JobReference]] = [:]
    package var fix = FixPolicy()
    /// Folders below this file's that have their own `hooks.toml`, in order.
    package var nested: [NestedFolder] = []
    /// Whether the first job that fails ends the run; `nil` if not set.
    package var failFast: Bool?
    /// `[phases]` in the order of the file.
    package var phases: [Phase] = []
    package var ship = ShipSettings()
    package var ci = TriggerSettings()
    package var log = LogSettings()

    /// The configuration of a project without `hooks.toml`.
    package init() {}
}

/// A folder that `nested` names.
package struct NestedFolder: Sendable, Equatable {
    /// Relative to the folder of the file that names it, without `.` and `..`.
    package var path: String
    /// Its line in the file, from 1.
    package var line: Int
}

/// A job's name where a hook or a phase mentions it.
package struct JobReference: Sendable, Equatable {
    package var name: String
    /// Its line in the file, from 1.
    package var line: Int
}

/// One line of `[phases]`.
package struct Phase: Sendable, Equatable {
    package var name: String
    package var jobs: [JobReference]
    /// Its line in the file, from 1.
    package var line: Int
}
