internal import CGit2
package import GitIndex
package import SystemPackage

/// The kind of a pushed object.
package enum Pushed: Equatable, Sendable {
    /// A commit, or a tag of one.
    case commit(ObjectID)
    /// A tag of something else, which has no files to check.
    case other
    /// The object is missing.
    case missing
}

extension Repository {
    /// The commit of an object: itself, or the target of a tag.
    package func peeled(_ object: ObjectID) throws(GitError) -> Pushed {
        do {
            return try peeledPresent(object)
        } catch {
            if error.isNotFound { return .missing }
            throw error
        }
    }

    private func peeledPresent(_ object: ObjectID) throws(GitError) -> Pushed {
        var raw = object.raw
        let found = try unsafe Handle(
            "read \(object.hex)", free: { unsafe git_object_free($0) },
            make: { unsafe git_object_lookup($0, handle.pointer, &raw, GIT_OBJECT_ANY) })
        guard
            let commit = try? unsafe Handle(
                "read \(object.hex)", free: { unsafe git_object_free($0) },
                make: { unsafe git_object_peel($0, found.pointer, GIT_OBJECT_COMMIT) }),
            let id = unsafe git_object_id(commit.pointer)
        else { return .other }
        return .commit(unsafe ObjectID(id.pointee))
    }

    /// The commit that an expression such as `HEAD~2` or `origin/main` names; nil if it names
    /// none.
    package func commit(named expression: String) -> ObjectID? {
        guard
            let found = try? unsafe Handle(
                "read \(expression)", free: { unsafe git_object_free($0) },
                make: { unsafe git_revparse_single($0, handle.pointer, expression) }),
            let id = unsafe git_object_id(found.pointer),
            case .commit(let commit) = try? peeled(unsafe ObjectID(id.pointee))
        else { return nil }
        return commit
    }

    /// The tree that an expression names, as `git write-tree` and `git merge-tree` print one; a
    /// name may be abbreviated. nil when it names something else, or nothing.
    package func tree(named expression: String) -> ObjectID? {
        guard
            let found = try? unsafe Handle(
                "read \(expression)", free: { unsafe git_object_free($0) },
                make: { unsafe git_revparse_single($0, handle.pointer, expression) }),
            unsafe git_object_type(found.pointer) == GIT_OBJECT_TREE,
            let id = unsafe git_object_id(found.pointer)
        else { return nil }
        return unsafe ObjectID(id.pointee)
    }

    /// The name of the tree of a commit.
    package func treeName(of commit: ObjectID) throws(GitError) -> ObjectID {
        var raw = commit.raw
        let object = try unsafe Handle(
            "read commit \(commit.hex)", free: { unsafe git_commit_free($0) },
            make: { unsafe git_commit_lookup($0, handle.pointer, &raw) })
        guard let id = unsafe git_commit_tree_id(object.pointer) else { return .none }
        return unsafe ObjectID(id.pointee)
    }

    /// Files of a commit that none of the others has in the same version, and files that all
    /// others have and it does not.
    ///
    /// - Parameter others: none: every file of the commit.
    package func changes(
        of commit: ObjectID, notIn others: [ObjectID]
    ) throws(GitError) -> [Change] {
        guard let first = others.first else { return try changes(from: nil, to: commit) }
        var found: [Change] = []
        for change in try changes(from: first, to: commit) {
            var isKnown = false
            for other in others.dropFirst() where !isKnown {
                let theirs = try entry(at: change.entry.path, in: other)
                isKnown = change.kind == .deleted ? theirs == nil : theirs == change.entry
            }
            if !isKnown { found.append(change) }
        }
        return found
    }

    private func changes(from base: ObjectID?, to commit: ObjectID) throws(GitError) -> [Change] {
        let new = try tree(of: commit)
        let difference: Handle
        if let base {
            let old = try tree(of: base)
            difference = try unsafe Handle(
                "compare two commits", free: { unsafe git_diff_free($0) },
                make: {
                    unsafe git_diff_tree_to_tree($0, handle.pointer, old.pointer, new.pointer, nil)
                })
        } else {
            difference = try unsafe Handle(
                "read a commit", free: { unsafe git_diff_free($0) },
                make: { unsafe git_diff_tree_to_tree($0, handle.pointer, nil, new.pointer, nil) })
        }
        return unsafe Self.changes(difference.pointer)
    }

    /// Commits of the remote-tracking references of a remote, by the name of the reference.
    ///
    /// - Parameter pattern: as `refs/remotes/origin/*`.
    package func references(matching pattern: String) throws(GitError) -> [(
        name: String, commit: ObjectID
    )] {
        let iterator = try unsafe Handle(
            "list references", free: { unsafe git_reference_iterator_free($0) },
            make: { unsafe git_reference_iterator_glob_new($0, handle.pointer, pattern) })
        var found: [(name: String, commit: ObjectID)] = []
        var next: UnsafePointer<CChar>?
        while unsafe git_reference_next_name(&next, iterator.pointer) == 0 {
            guard let name = unsafe next.map({ unsafe String(cString: $0) }),
                let commit = try? resolve(name)
            else { continue }
            found.append((name, commit))
        }
        return found
    }
}

extension Repository {
    /// The names in a folder of a commit, in git's order; none if there is no such folder.
    package func names(in folder: FilePath, of commit: ObjectID) throws(GitError) -> [String] {
        let top = try tree(of: commit)
        if folder.isEmpty { return unsafe Self.names(in: top.pointer) }
        guard let entry = try? entryOfFolder(folder, in: top) else { return [] }
        return unsafe Self.names(in: entry.pointer)
    }

    private func entryOfFolder(_ folder: FilePath, in top: borrowing Handle) throws(GitError)
        -> Handle
    {
        let pointer = unsafe top.pointer
        let entry = try unsafe Handle(
            "read a tree entry", free: { unsafe git_tree_entry_free($0) },
            make: { out in
                unsafe folder.withPlatformString { unsafe git_tree_entry_bypath(out, pointer, $0) }
            })
        return try unsafe Handle(
            "read a tree", free: { unsafe git_object_free($0) },
            make: { unsafe git_tree_entry_to_object($0, handle.pointer, entry.pointer) })
    }

    private static func names(in tree: OpaquePointer) -> [String] {
        guard unsafe git_object_type(tree) == GIT_OBJECT_TREE else { return [] }
        return (0..<(unsafe git_tree_entrycount(tree))).compactMap { position in
            unsafe git_tree_entry_byindex(tree, position).flatMap { unsafe git_tree_entry_name($0) }
                .map { unsafe String(cString: $0) }
        }
    }
}
