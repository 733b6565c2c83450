internal import CGit2
package import GitIndex
internal import SystemPackage

/// The ancestry of commits. If the history was cut off, as in a shallow clone, a commit
/// at the cut has no parents, as in git itself; libgit2 would search for them and fail.
extension Repository {
    /// The commits at which the history was cut off; none in a whole clone.
    private var cuts: Set<ObjectID> {
        get throws(GitError) {
            let file = try MappedFile(commonDirectory.appending("shallow"))
            guard file.count > 0 else { return [] }
            let lines = file.copy(0..<file.count).split(separator: 10)
            return Set(lines.compactMap { ObjectID(hex: String(decoding: $0, as: UTF8.self)) })
        }
    }

    /// Whether some of the history is missing.
    package var isShallow: Bool {
        get throws(GitError) { try !cuts.isEmpty }
    }

    /// Whether the history was cut off at a commit.
    package func isCut(_ commit: ObjectID) throws(GitError) -> Bool { try cuts.contains(commit) }

    /// The first parent of a commit; nil for the first commit of a history.
    package func firstParent(of commit: ObjectID) throws(GitError) -> ObjectID? {
        try cuts.contains(commit) ? nil : parsed(commit).parents.first
    }

    /// The best common ancestor of two commits; nil if their histories are unrelated, as far as
    /// this clone has them.
    package func mergeBase(_ one: ObjectID, _ other: ObjectID) throws(GitError) -> ObjectID? {
        let cuts = try cuts
        if !cuts.isEmpty { return try mergeBase(one, other, cuts) }
        var (first, second, base) = (one.raw, other.raw, git_oid())
        let code = unsafe git_merge_base(&base, handle.pointer, &first, &second)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try check(code, "compare two histories")
        return ObjectID(base)
    }

    /// Whether `ancestor` is the commit itself or one of its ancestors.
    package func isAncestor(_ ancestor: ObjectID, of commit: ObjectID) throws(GitError) -> Bool {
        if ancestor == commit { return true }
        let cuts = try cuts
        if !cuts.isEmpty {
            return try history(of: commit, cuts, until: { $0 == ancestor }) != nil
        }
        var old = ancestor.raw
        var new = commit.raw
        return try check(
            unsafe git_graph_descendant_of(handle.pointer, &new, &old), "compare two commits") == 1
    }

    private func mergeBase(
        _ one: ObjectID, _ other: ObjectID, _ cuts: Set<ObjectID>
    ) throws(GitError) -> ObjectID? {
        var known: Set<ObjectID> = []
        _ = try history(of: one, cuts) { commit in
            known.insert(commit)
            return false
        }
        return try history(of: other, cuts, until: known.contains)
    }

    /// Walks back from a commit, newest first, until one matches; nil if none does.
    private func history(
        of commit: ObjectID, _ cuts: Set<ObjectID>, until isFound: (ObjectID) -> Bool
    ) throws(GitError) -> ObjectID? {
        var waiting = [(id: commit, commit: try parsed(commit))]
        var seen: Set<ObjectID> = [commit]
        while let newest = waiting.indices.max(by: {
            waiting[$0].commit.time < waiting[$1].commit.time
        }) {
            let (id, commit) = waiting.remove(at: newest)
            if isFound(id) { return id }
            for parent in cuts.contains(id) ? [] : commit.parents
            where seen.insert(parent).inserted {
                waiting.append((parent, try parsed(parent)))
            }
        }
        return nil
    }

    private func parsed(
        _ commit: ObjectID
    ) throws(GitError) -> (parents: [ObjectID], time: Int64) {
        var raw = commit.raw
        let object = try unsafe Handle(
            "read commit \(commit.hex)", free: { unsafe git_commit_free($0) },
            make: { unsafe git_commit_lookup($0, handle.pointer, &raw) })
        var parents: [ObjectID] = []
        for number in 0..<(unsafe git_commit_parentcount(object.pointer)) {
            if let id = unsafe git_commit_parent_id(object.pointer, number) {
                parents.append(unsafe ObjectID(id.pointee))
            }
        }
        return (parents, unsafe git_commit_time(object.pointer))
    }
}
