internal import Git
package import GitIndex

/// Where the content of a run comes from, and so where a fix goes.
package enum Source: Sendable, Equatable {
    /// The index that git is about to commit: fixes go into the index and, merged, into the
    /// working files.
    case index
    /// The working files as they are: fixes go there alone.
    case worktree
    /// A commit, as it is pushed: nothing is fixed there.
    case commit(ObjectID)

    /// The commit, if it is one.
    package var commit: ObjectID? {
        if case .commit(let commit) = self { commit } else { nil }
    }

    /// Whether the content is recorded, and cannot change any more. Jobs see it in a checkout, what
    /// a fixer changes is only shown, and no state of the working tree matters.
    package var isRecorded: Bool { commit != nil }

    /// Whether a fix goes into the index.
    package var stagesFixes: Bool { self == .index }

    /// Whether the working files are the content, and can change at any moment.
    package var isWorkingTree: Bool { self == .worktree }

    /// Whether a working file can hold something else than the content.
    package var differsFromWorkingFiles: Bool { self == .index }
}
