internal import Files
package import Git
package import GitIndex
package import SystemPackage

/// The source of a run: a repository, and one of its three contents: index, working tree or commit.
/// All code that depends on the source is here.
package struct Ground {
    package let repository: Repository
    package let source: Source

    package init(_ repository: Repository, _ source: Source) {
        self.repository = repository
        self.source = source
    }

    // MARK: One file

    /// The content of a file; for a link, that of its target. A file that git does
    /// not track is read from the working tree, unless the source is a commit.
    package func text(at path: FilePath) throws -> [UInt8]? {
        if !source.isWorkingTree {
            if let file = try tracked(at: path) { return try repository.content(of: file.blob) }
            if source.isRecorded { return nil }
        }
        return try contents(of: repository.worktree.pushing(path))
    }

    /// The tracked file of a path, through tracked links; nil if it does not exist, or is
    /// not tracked.
    package func tracked(at path: FilePath) throws -> Entry? {
        var path = path
        for _ in 0..<8 {
            let entry =
                try source.commit.map { try repository.entry(at: path, in: $0) }
                ?? repository.entry(at: path)
            guard let entry, !entry.mode.isFile else { return entry }
            guard entry.mode == .symbolicLink else { return nil }
            let target = FilePath(bytes: try repository.content(of: entry.blob)[...])
            path = path.removingLastComponent().pushing(target).lexicallyNormalized()
            if target.isAbsolute || path.components.first?.kind == .parentDirectory { return nil }
        }
        return nil
    }

    /// The entry of HEAD, or of the parent of the commit, at a path.
    package func former(at path: FilePath) throws -> Entry? {
        let base =
            try source.commit.map { repository.commit(named: "\($0.hex)~1") }
            ?? repository.head().commit
        return try base.flatMap { try repository.entry(at: path, in: $0) }
    }

    /// The attributes that the folders above a path set.
    package func attributes(above path: FilePath) throws -> [UInt8] {
        var parts: [UInt8] = []
        for folder in path.foldersAbove {
            guard let text = try text(at: folder.appending(".gitattributes")) else { continue }
            parts += folder.bytes + [0] + text + [0]
        }
        return parts
    }

    // MARK: All of it

    /// The names in a folder; none if there is no such folder.
    package func names(in folder: FilePath) throws -> [String] {
        if let commit = source.commit { return try repository.names(in: folder, of: commit) }
        let here = try? Folder(opening: repository.worktree).folder(folder).names()
        return (here ?? []).map(\.string)
    }

    /// Every path, including those of `files`.
    package func paths(with files: [SnapshotFile]) throws -> [[UInt8]] {
        if let commit = source.commit {
            return try repository.changes(of: commit, notIn: []).map(\.entry.path.bytes)
        }
        let tracked = try repository.trackedEntries().map(\.path.bytes)
        return source.isWorkingTree ? Array(Set(tracked + files.map(\.path.bytes))) : tracked
    }

    /// The paths that may have had another kind of entry before.
    package func changedPaths(among files: [SnapshotFile]) throws -> Set<FilePath> {
        if source.isRecorded { return Set(files.map(\.path)) }
        return Set(
            try repository.stagedChanges(against: repository.head().commit).map(\.entry.path))
    }

    /// The hashes of the files' contents; nil for a working file that git would convert.
    package func blobs(of files: [SnapshotFile], _ filter: ContentFilter) -> [ObjectID?] {
        guard source.isWorkingTree else { return files.map(\.entry.blob) }
        guard var folders = try? OpenedFolder(repository.worktree) else {
            return files.map { _ in nil }
        }
        return files.map { file in
            guard (try? filter.mayFilter(file.path)) == false else { return nil }
            return folders.content(of: file.path).map { ObjectID(blob: $0) }
        }
    }

    // MARK: What names it, and what surrounds it

    /// The tree that identifies all of the content; nil if there may be other files beside it.
    package func tree() throws -> ObjectID? {
        try source.commit.map { try repository.treeName(of: $0) }
    }

    /// The tree of the tracked files; nil for working files.
    package func trackedTree(_ git: GitProgram) throws -> ObjectID? {
        if let tree = try tree() { return tree }
        if source.isWorkingTree { return nil }
        return try git.writeTree()
    }

    /// The merge or rebase in progress; nil for a commit.
    package var state: RepositoryState? { source.isRecorded ? nil : repository.state() }

    /// The branch that is checked out; nil for a pushed commit, which has no certain
    /// branch.
    package var branch: String? { source.isRecorded ? nil : (try? repository.head())?.branch }
}
