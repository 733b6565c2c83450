internal import CGit2
package import GitIndex

/// HEAD: its branch and its commit.
package struct Head: Equatable, Sendable {
    /// The branch that a commit would move, without `refs/heads/`; nil if HEAD is detached.
    package var branch: String?
    /// Its newest commit; nil before the first one.
    package var commit: ObjectID?
}

/// The merge, rebase or similar in progress, from the files in the git directory.
package enum RepositoryState: String, Sendable, CaseIterable {
    case merge
    case revert
    case cherryPick = "cherry-pick"
    case rebase
}

extension Repository {
    /// Reads HEAD without resolving more than it needs.
    package func head() throws(GitError) -> Head {
        let reference = try unsafe Handle(
            "read HEAD", free: { unsafe git_reference_free($0) },
            make: { unsafe git_reference_lookup($0, handle.pointer, "HEAD") })
        guard unsafe git_reference_type(reference.pointer) == GIT_REFERENCE_SYMBOLIC else {
            let target = unsafe git_reference_target(reference.pointer)
            return Head(branch: nil, commit: unsafe target.map { unsafe ObjectID($0.pointee) })
        }
        // A name that is not UTF-8 is shown with replacement characters.
        let (name, commit) = try end(of: reference)
        let prefix = "refs/heads/"
        let branch = name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
        return Head(branch: branch, commit: commit)
    }

    /// The final target of a symbolic reference, and its commit: this is the reference that a
    /// commit moves.
    private func end(
        of reference: borrowing Handle, depth: Int = 0
    ) throws(GitError) -> (name: String, commit: ObjectID?) {
        guard let target = unsafe git_reference_symbolic_target(reference.pointer) else {
            return ("", nil)
        }
        // The same depth as git; there is no target before the first commit.
        if depth < 5,
            let next = try? unsafe Handle(
                "read HEAD", free: { unsafe git_reference_free($0) },
                make: { unsafe git_reference_lookup($0, handle.pointer, target) }),
            unsafe git_reference_type(next.pointer) == GIT_REFERENCE_SYMBOLIC
        {
            return try end(of: next, depth: depth + 1)
        }
        var commit = git_oid()
        let code = unsafe git_reference_name_to_id(&commit, handle.pointer, target)
        let name = unsafe String(cString: target)
        if code == GIT_ENOTFOUND.rawValue { return (name, nil) }
        try check(code, "read \(name)")
        return (name, ObjectID(commit))
    }

    /// The commit of a full reference name; nil if there is no such reference.
    package func resolve(_ name: String) throws(GitError) -> ObjectID? {
        var raw = git_oid()
        let code = unsafe git_reference_name_to_id(&raw, handle.pointer, name)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try check(code, "read \(name)")
        return ObjectID(raw)
    }

    /// The merge, rebase or similar in progress; nil most of the time.
    package func state() -> RepositoryState? {
        switch git_repository_state_t(
            rawValue: UInt32(bitPattern: unsafe git_repository_state(handle.pointer)))
        {
        case GIT_REPOSITORY_STATE_MERGE: .merge
        case GIT_REPOSITORY_STATE_REVERT, GIT_REPOSITORY_STATE_REVERT_SEQUENCE: .revert
        case GIT_REPOSITORY_STATE_CHERRYPICK, GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE: .cherryPick
        case GIT_REPOSITORY_STATE_REBASE, GIT_REPOSITORY_STATE_REBASE_INTERACTIVE,
            GIT_REPOSITORY_STATE_REBASE_MERGE, GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
            .rebase
        default: nil
        }
    }

    /// The commits in `MERGE_HEAD`: the other sides of a merge.
    package func mergeHeads() -> [ObjectID] {
        final class Collected { var heads: [ObjectID] = [] }
        let collected = Collected()
        let payload = unsafe Unmanaged.passUnretained(collected).toOpaque()
        let collect: git_repository_mergehead_foreach_cb = { raw, payload in
            guard let raw = unsafe raw, let payload = unsafe payload else { return 0 }
            unsafe Unmanaged<Collected>.fromOpaque(payload).takeUnretainedValue()
                .heads.append(ObjectID(raw.pointee))
            return 0
        }
        _ = unsafe git_repository_mergehead_foreach(handle.pointer, collect, payload)
        return collected.heads
    }
}
