internal import CGit2
package import GitIndex
package import SystemPackage

extension Repository {
    /// Every entry of a commit's tree: files, links and submodules, in git's order.
    package func entries(of commit: ObjectID) throws(GitError) -> [Entry] {
        try changes(of: commit, notIn: []).map(\.entry)
    }

    /// Writes the tree of exactly these entries, and returns its name.
    ///
    /// Uses `git_index_write_tree_to` with an index that exists only in memory.
    package func storeTree(of entries: [Entry]) throws(GitError) -> ObjectID {
        let index = try unsafe Handle(
            "make an index", free: { unsafe git_index_free($0) },
            make: { unsafe git_index_new($0) })
        for entry in entries {
            var raw = unsafe git_index_entry()
            unsafe raw.mode = entry.mode.rawValue
            unsafe raw.id = entry.blob.raw
            let code = unsafe entry.path.withPlatformString { name in
                unsafe raw.path = unsafe name
                return unsafe git_index_add(index.pointer, &raw)
            }
            try check(code, "put a tree together")
        }
        var tree = git_oid()
        try check(
            unsafe git_index_write_tree_to(&tree, index.pointer, handle.pointer), "write a tree")
        return ObjectID(tree)
    }

    /// Writes a commit without a reference, so that a tree can be checked before it is
    /// committed; `git gc` removes it.
    ///
    /// Its date and author are fixed: the same tree, parents and message give the same
    /// commit.
    package func storeCommit(
        tree: ObjectID, parents: [ObjectID], message: String
    ) throws(GitError) -> ObjectID {
        let nobody = "hooks <hooks> 0 +0000"
        let lines =
            ["tree \(tree.hex)"] + parents.map { "parent \($0.hex)" }
            + ["author \(nobody)", "committer \(nobody)", "", message]
        let content = Array(lines.joined(separator: "\n").utf8)
        let store = try unsafe Handle(
            "open the object store", free: { unsafe git_odb_free($0) },
            make: { unsafe git_repository_odb($0, handle.pointer) })
        var raw = git_oid()
        let code = unsafe content.withUnsafeBytes { bytes in
            unsafe git_odb_write(
                &raw, store.pointer, bytes.baseAddress, bytes.count, GIT_OBJECT_COMMIT)
        }
        try check(code, "write a commit")
        return ObjectID(raw)
    }

    /// The repository with another index, like git with `GIT_INDEX_FILE`.
    package func with(index: FilePath) throws(GitError) -> Repository {
        try Repository(opening: gitDirectory, worktree: worktree, index: index, isSame: true)
    }

    /// The repository with other files: attributes and ignored files are those of `worktree`.
    package func with(worktree: FilePath, index: FilePath) throws(GitError) -> Repository {
        try Repository(opening: gitDirectory, worktree: worktree, index: index, isSame: true)
    }

    /// The repository of a submodule that is checked out in the working tree; nil if there is
    /// none.
    package func submodule(at path: FilePath) -> Repository? {
        try? Repository(opening: worktree.pushing(path).appending(".git"))
    }
}
