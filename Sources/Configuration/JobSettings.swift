package import Git
package import Notation

/// The values of `reads`: what a job looks at besides the files it is given.
package enum Reads: String, CaseIterable, Sendable {
    /// Nothing but those files and the tool's configuration.
    case files
    /// Anything in the tree.
    case tree
}

/// What `[jobs.NAME]` says; `nil` is "not said".
package struct JobSettings: Sendable, Equatable {
    /// The values of `run_in`: which files the job finds around it.
    package enum RunIn: String, CaseIterable, Sendable {
        /// The overlay of the snapshot.
        case staged
        /// A real checkout of exactly the tree.
        case checkout
        /// The working tree as it is.
        case worktree
    }

    /// The values of `leftovers`: what it means that a job leaves processes running. They are ended in
    /// any case.
    package enum Leftovers: String, CaseIterable, Sendable {
        /// A line says so.
        case note
        /// The job has failed.
        case fail
    }

    /// One variable that is added to the job's environment.
    package struct Variable: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The command as it was written: a command for `Words`, or a script for `sh` when `shell` is
    /// true.
    package var run: String?
    /// The built-in check that a job of another name is.
    package var check: String?
    package var args: [String]?
    package var files: [Glob]?
    package var types: [String]?
    /// Types that a file must all have.
    package var allTypes: [String]?
    /// Types of which a file must have none.
    package var excludeTypes: [String]?
    package var exclude: [Glob]?
    package var fixes: Bool?
    package var timeout: Duration?
    package var leftovers: Leftovers?
    /// Ordered by the bytes of the name; no name stands twice.
    package var env: [Variable]?
    package var shell: Bool?
    package var runIn: RunIn?
    package var passFiles: Bool?
    package var reads: Reads?
    package var serial: Bool?
    /// Tracked files that the job may change beside those that it is given.
    package var writes: [Glob]?
    /// Whether the job runs on every commit; it is given no names.
    package var always: Bool?
    /// States of the repository in which the job does not run.
    package var skip: [RepositoryState]?
    /// Branches on which the job runs; `Glob.matches(branch:)` is meant.
    package var only: [Glob]?
    /// Names that stand for all jobs that have them.
    package var tags: [String]?
    /// Whether the run ends when this job fails.
    package var failFast: Bool?
    /// Whether a job that finds nothing to work on, such as tests where there are none, passes.
    package var allowEmpty: Bool?
    /// The files of the tree that the job depends on; no other file is there when it runs.
    package var inputs: [Glob]?
    /// Folders beside the code, ignored by git, that the job finds in its checkout.
    package var share: [String]?
    /// How long it should take at most; longer is said, and nothing else.
    package var budget: Duration?
    /// What stands in the place of `run`, or of a tool's arguments, where the job is run for
    /// somebody who waits.
    package var quick: String?
    /// Variables of the user's that the job depends on, as patterns; it gets no others.
    package var readsEnv: [Glob]?
    /// Where the job is first mentioned, from 1.
    package var line: Int

    /// Settings that say nothing yet.
    package init(line: Int) {
        self.line = line
    }
}
