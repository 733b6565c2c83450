package import Git
package import Notation

/// The values of `reads`: what a job reads besides the files that it gets.
package enum Reads: String, CaseIterable, Sendable {
    /// Nothing but those files and the tool's configuration.
    case files
    /// Anything in the tree.
    case tree
}

/// The settings of `[jobs.NAME]`; `nil` if not set.
package struct JobSettings: Sendable, Equatable {
    /// The values of `run_in`: where the job runs.
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
    /// Types of which a file must have all.
    package var allTypes: [String]?
    /// Types of which a file must have none.
    package var excludeTypes: [String]?
    package var exclude: [Glob]?
    package var fixes: Bool?
    package var timeout: Duration?
    package var leftovers: Leftovers?
    /// Ordered by the bytes of the name; each name once.
    package var env: [Variable]?
    package var shell: Bool?
    package var runIn: RunIn?
    package var passFiles: Bool?
    package var reads: Reads?
    package var serial: Bool?
    /// Tracked files that the job may change besides those that it gets.
    package var writes: [Glob]?
    /// Whether the job runs on every commit; then it gets no names.
    package var always: Bool?
    /// States of the repository in which the job does not run.
    package var skip: [RepositoryState]?
    /// Branches on which the job runs, for `Glob.matches(branch:)`.
    package var only: [Glob]?
    /// Names for groups of jobs.
    package var tags: [String]?
    /// Whether the run ends if this job fails.
    package var failFast: Bool?
    /// Whether a job that finds nothing to check, such as tests if there are none, is skipped.
    package var allowEmpty: Bool?
    /// The files of the tree that the job depends on; its stage has no other files.
    package var inputs: [Glob]?
    /// Folders beside the code, ignored by git, that the job finds in its stage.
    package var share: [String]?
    /// How long it should take at most; a longer run only prints a note.
    package var budget: Duration?
    /// Replaces `run`, or a tool's arguments, if the job runs for
    /// a user who waits.
    package var quick: String?
    /// The user's variables that the job depends on, as patterns; it gets no others.
    package var readsEnv: [Glob]?
    /// Where the job is first mentioned, from 1.
    package var line: Int

    /// Empty settings.
    package init(line: Int) {
        self.line = line
    }
}
