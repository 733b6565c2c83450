package import Notation

/// What `hooks.toml` says, and nothing more: what it leaves out is `nil` or empty, and the engine
/// decides.
package struct Configuration: Sendable, Equatable {
    /// The oldest release of hooks that may run this file, as it was written.
    package var requires: String?
    package var protect = Protect()
    /// Pinned tools in the order of the file.
    package var tools: [Pin] = []
    /// `warm` in `[tools]`: how long tool servers wait for work; zero when there are to be none,
    /// `nil` when not said.
    package var warm: Duration?
    /// `[jobs.NAME]` by name: changes to catalogue jobs, and jobs of the project's own.
    package var jobs: [String: JobSettings] = [:]
    /// The jobs of each git hook in order. An empty list was said; an absent hook was not
    /// mentioned.
    package var hooks: [GitHook: [JobReference]] = [:]
    package var fix = FixPolicy()
    /// Folders below this file's that have a `hooks.toml` of their own, in order.
    package var nested: [NestedFolder] = []
    /// Whether the first job that fails ends the run; `nil` when not said.
    package var failFast: Bool?
    /// `[phases]` in the order of the file.
    package var phases: [Phase] = []
    package var ship = ShipSettings()
    package var ci = TriggerSettings()
    package var log = LogSettings()

    /// The configuration of a project without `hooks.toml`.
    package init() {}
}

/// `[protect]`: the branches that take no direct commit and no push.
package struct Protect: Sendable, Equatable {
    /// Patterns for short branch names; `Glob.matches(branch:)` is meant.
    package var branches: [Glob] = [Glob(literal: "main"), Glob(literal: "master")]
    /// Whether the reference-transaction hook guards them too.
    package var strict = false
}

/// A folder that `nested` names.
package struct NestedFolder: Sendable, Equatable {
    /// Relative to the folder of the file that names it, without `.` and `..`.
    package var path: String
    /// Where it stands in the file, from 1.
    package var line: Int
}

/// A job's name where a hook or a phase mentions it.
package struct JobReference: Sendable, Equatable {
    package var name: String
    /// Where it stands in the file, from 1.
    package var line: Int
}

/// `[fix]`: what happens once fixers have changed files.
package struct FixPolicy: Sendable, Equatable {
    /// The values of `on_commit`.
    package enum OnCommit: String, CaseIterable, Sendable {
        /// The commit goes on with the fixes in it.
        case `continue`
        /// The fixes are staged and the commit is left to the user.
        case stop
    }

    package var onCommit = OnCommit.continue
}

/// One line of `[phases]`.
package struct Phase: Sendable, Equatable {
    package var name: String
    package var jobs: [JobReference]
    /// Where it stands in the file, from 1.
    package var line: Int
}
