package import Files
package import Git
package import GitIndex
package import SystemPackage

/// What is about to be committed or checked: values only, taken once at the start of a run.
package struct Snapshot: Sendable {
    package var source: Source
    package var files: [SnapshotFile]
    /// Links and submodules, which no job gets as files.
    package var others: [SnapshotFile] = []
    /// Paths that the commit removes.
    package var deleted: [FilePath]

    package init(source: Source, files: [SnapshotFile], deleted: [FilePath] = []) {
        self.source = source
        self.files = files
        self.deleted = deleted
    }
}

/// One file of a snapshot, without its content.
package struct SnapshotFile: Hashable, Sendable {
    package var entry: Entry
    /// Whether HEAD has no such path.
    package var isAdded: Bool
    /// The status of the working file when the snapshot was taken; nil if there is none.
    package var working: FileStatus?

    package var path: FilePath { entry.path }

    package init(entry: Entry, isAdded: Bool, working: FileStatus?) {
        self.entry = entry
        self.isAdded = isAdded
        self.working = working
    }
}

extension Repository {
    /// The changes of the next commit.
    ///
    /// While a merge is being committed, a file that is the same as on one of the sides is left
    /// out: this commit does not change it, and a fix would rewrite what the other side already
    /// recorded.
    package func stagedSnapshot() throws -> Snapshot {
        let head = try head()
        let sides = mergeHeads()
        var snapshot = Snapshot(source: .index, files: [])
        var folders = try OpenedFolder(worktree)
        for change in try stagedChanges(against: head.commit) {
            let entry = change.entry
            if change.kind == .deleted {
                snapshot.deleted.append(entry.path)
            } else if !entry.mode.isFile {
                snapshot.others.append(
                    SnapshotFile(entry: entry, isAdded: change.kind == .added, working: nil))
            } else if try !isTaken(entry, from: sides) {
                let working = folders.status(entry.path)
                snapshot.files.append(
                    SnapshotFile(entry: entry, isAdded: change.kind == .added, working: working))
            }
        }
        return snapshot
    }

    private func isTaken(_ entry: Entry, from sides: [ObjectID]) throws -> Bool {
        for side in sides where try self.entry(at: entry.path, in: side) == entry { return true }
        return false
    }

    /// Every tracked file, with the content that the index has.
    package func trackedSnapshot() throws -> Snapshot {
        var folders = try OpenedFolder(worktree)
        var snapshot = Snapshot(source: .index, files: [])
        for entry in try trackedEntries() {
            if entry.mode.isFile {
                let working = folders.status(entry.path)
                snapshot.files.append(SnapshotFile(entry: entry, isAdded: false, working: working))
            } else {
                snapshot.others.append(SnapshotFile(entry: entry, isAdded: false, working: nil))
            }
        }
        return snapshot
    }

    /// The files of a commit that none of the others has, with the content of the commit.
    package func snapshot(of commit: ObjectID, notIn others: [ObjectID]) throws -> Snapshot {
        let changes = try changes(of: commit, notIn: others)
        let kept = changes.filter { $0.kind != .deleted }.map {
            SnapshotFile(entry: $0.entry, isAdded: $0.kind == .added, working: nil)
        }
        var snapshot = Snapshot(
            source: .commit(commit), files: kept.filter(\.entry.mode.isFile),
            deleted: changes.filter { $0.kind == .deleted }.map(\.entry.path))
        snapshot.others = kept.filter { !$0.entry.mode.isFile }
        return snapshot
    }

    /// The working files at `paths`; whatever is not a regular file is left out.
    package func worktreeSnapshot(of paths: [FilePath]) throws -> Snapshot {
        let top = try Folder(opening: worktree)
        var snapshot = Snapshot(source: .worktree, files: [])
        for path in paths {
            guard let status = try? workingStatus(path, in: top), status.kind == .regular else {
                continue
            }
            let mode: EntryMode = status.isExecutable ? .executable : .regular
            let entry = Entry(path: path, mode: mode, blob: .none)
            snapshot.files.append(SnapshotFile(entry: entry, isAdded: false, working: status))
        }
        return snapshot
    }

    /// Working files that differ from the index, and untracked ones: the files of `hooks fix` by
    /// default.
    package func changedPaths() throws -> [FilePath] {
        let staged = try stagedChanges(against: try head().commit).filter { $0.kind != .deleted }
        let unstaged = try unstagedChanges().filter { $0.kind != .deleted }
        let paths = Set(
            staged.map(\.entry.path) + unstaged.map(\.entry.path) + (try untrackedFiles()))
        return paths.sorted { $0.string < $1.string }
    }
}

/// The status of a working file, reached without following a link; nil if there is none.
func workingStatus(_ path: FilePath, in top: borrowing Folder) throws(FileError) -> FileStatus? {
    try top.folder(path.removingLastComponent()).status(path.name)
}
