internal import CGit2
package import GitIndex
package import SystemPackage

extension Repository {
    /// The entries of the index that git is working with, as they were when they were first asked
    /// for.
    package func indexEntries() throws(GitError) -> IndexMap { try index() }

    /// What the index holds against a commit, told from the trees that it knows.
    package func difference(
        of index: IndexMap, from commit: ObjectID
    ) throws(GitError) -> [Change] {
        var comparison = TreeComparison(self, index)
        try comparison.compare(with: try treeName(of: commit))
        return comparison.changes
    }

    /// Every entry of the index that is a file, in index order.
    ///
    /// Entries in conflict and those added with `git add --intent-to-add` are left out: neither has
    /// content to commit.
    package func trackedFiles() throws(GitError) -> [Entry] {
        try trackedEntries().filter(\.mode.isFile)
    }

    /// Every entry of the index, links and submodules too, in index order; as ``trackedFiles()``.
    package func trackedEntries() throws(GitError) -> [Entry] {
        let index = try index()
        return index.places.indices.compactMap { index.entry($0) }
    }

    /// Files that git does not compare with the working tree, because of `--assume-unchanged` or
    /// `--skip-worktree`.
    package func unwatchedFiles() throws(GitError) -> [Entry] {
        let index = try index()
        return index.places.indices.filter { index.isUnwatched($0) }
            .compactMap { index.entry($0) }.filter(\.mode.isFile)
    }

    /// Paths with entries in conflict, as after a merge that stopped; each once.
    package func unmergedPaths() throws(GitError) -> [FilePath] {
        let index = try index()
        var paths: [FilePath] = []
        for position in index.places.indices where index.stage(position) != 0 {
            let path = index.path(position)
            if paths.last != path { paths.append(path) }
        }
        return paths
    }

    /// The entry for a path in the next commit.
    package func entry(at path: FilePath) throws(GitError) -> Entry? {
        try index().entry(at: path)
    }

    /// The changes of the next commit against `base`: the index compared with that commit's tree.
    ///
    /// A path in conflict is not among them, and one that `git add --intent-to-add` announced
    /// counts as absent, as it does in a commit.
    ///
    /// - Parameter base: nil before the first commit: every entry is an addition.
    package func stagedChanges(against base: ObjectID?) throws(GitError) -> [Change] {
        var comparison = TreeComparison(self, try index())
        try comparison.compare(with: base.map { (base) throws(GitError) in try treeName(of: base) })
        return comparison.changes
    }

    /// Tracked files whose working copy differs from the index, with the index's side.
    ///
    /// Uses `git_diff_index_to_workdir`: stat data first, content if that is not
    /// conclusive.
    package func unstagedChanges() throws(GitError) -> [Change] {
        let index = try indexOfLibrary()
        var options = try unsafe Self.comparison()
        let difference = try unsafe Handle(
            "compare the working tree with the index", free: { unsafe git_diff_free($0) },
            make: { unsafe git_diff_index_to_workdir($0, handle.pointer, index.pointer, &options) })
        var found: [Change] = []
        for position in 0..<(unsafe git_diff_num_deltas(difference.pointer)) {
            guard let delta = unsafe git_diff_get_delta(difference.pointer, position)?.pointee,
                let entry = unsafe Self.entry(delta.old_file)
            else { continue }
            found.append(
                Change(
                    kind: unsafe delta.status == GIT_DELTA_DELETED ? .deleted : .modified,
                    entry: entry))
        }
        return found
    }

    /// A path whose kind changed, as from a link to a file, is one change; by default libgit2 makes
    /// it two.
    private static func comparison() throws(GitError) -> git_diff_options {
        var options = unsafe git_diff_options()
        try check(
            unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare")
        unsafe options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue
        return unsafe options
    }

    /// Files that git would show as untracked: neither in the index nor ignored.
    package func untrackedFiles() throws(GitError) -> [FilePath] {
        var options = unsafe git_status_options()
        try check(
            unsafe git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION)),
            "list files")
        unsafe options.show = GIT_STATUS_SHOW_WORKDIR_ONLY
        unsafe options.flags =
            GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue
            | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
        _ = try indexOfLibrary()
        let list = try unsafe Handle(
            "list the files of the working tree", free: { unsafe git_status_list_free($0) },
            make: { unsafe git_status_list_new($0, handle.pointer, &options) })
        var paths: [FilePath] = []
        for position in 0..<(unsafe git_status_list_entrycount(list.pointer)) {
            guard let entry = unsafe git_status_byindex(list.pointer, position)?.pointee,
                unsafe entry.status == GIT_STATUS_WT_NEW,
                let path = unsafe entry.index_to_workdir?.pointee.new_file.path
            else { continue }
            unsafe paths.append(FilePath(platformString: path))
        }
        return paths
    }

    /// Whether the index is exactly the tree of `commit`.
    package func indexEquals(_ commit: ObjectID) throws(GitError) -> Bool {
        try stagedChanges(against: commit).isEmpty
    }

    /// The entry in the tree of `commit` at `path`.
    package func entry(at path: FilePath, in commit: ObjectID) throws(GitError) -> Entry? {
        let tree = try self.tree(of: commit)
        let found: Handle
        do {
            found = try unsafe Handle(
                "read a tree entry", free: { unsafe git_tree_entry_free($0) },
                make: { out in
                    unsafe path.withPlatformString {
                        unsafe git_tree_entry_bypath(out, tree.pointer, $0)
                    }
                })
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
        let raw = unsafe git_tree_entry_filemode(found.pointer).rawValue
        guard let mode = EntryMode(rawValue: raw), let id = unsafe git_tree_entry_id(found.pointer)
        else { return nil }
        return Entry(path: path, mode: mode, blob: unsafe ObjectID(id.pointee))
    }

    /// The tree of a commit.
    func tree(of commit: ObjectID) throws(GitError) -> Handle {
        try tree(named: treeName(of: commit), "the tree of \(commit.hex)")
    }

    /// A tree by its own name.
    ///
    /// - Parameter title: its name in errors.
    func tree(
        named name: ObjectID, _ title: @autoclosure () -> String = "a tree"
    ) throws(GitError) -> Handle {
        var raw = name.raw
        return try unsafe Handle(
            "read \(title())", free: { unsafe git_tree_free($0) },
            make: { unsafe git_tree_lookup($0, handle.pointer, &raw) })
    }

    /// The deltas of a comparison whose newer side is the index.
    static func changes(_ difference: OpaquePointer) -> [Change] {
        var found: [Change] = []
        for position in 0..<(unsafe git_diff_num_deltas(difference)) {
            guard let delta = unsafe git_diff_get_delta(difference, position)?.pointee else {
                continue
            }
            switch unsafe delta.status {
            case GIT_DELTA_DELETED:
                if let old = unsafe entry(delta.old_file) {
                    found.append(Change(kind: .deleted, entry: old))
                }
            case GIT_DELTA_ADDED:
                if let new = unsafe entry(delta.new_file) {
                    found.append(Change(kind: .added, entry: new))
                }
            case GIT_DELTA_MODIFIED, GIT_DELTA_TYPECHANGE, GIT_DELTA_RENAMED:
                if let new = unsafe entry(delta.new_file) {
                    found.append(Change(kind: .modified, entry: new))
                }
            default:
                continue
            }
        }
        return found
    }

    private static func entry(_ file: git_diff_file) -> Entry? {
        guard let path = unsafe file.path, let mode = unsafe EntryMode(rawValue: UInt32(file.mode))
        else { return nil }
        return unsafe Entry(
            path: FilePath(platformString: path), mode: mode, blob: ObjectID(file.id))
    }
}
