internal import Files
internal import Git
internal import GitIndex
internal import Reporting
internal import Staging
internal import SystemPackage

/// One working tree of a stage: the files of a repository or of a submodule, kept from run to run
/// and switched from their last state.
struct StageTree {
    let root: FilePath
    /// Where its record is.
    let beside: FilePath
    /// The user's repository.
    let repository: Repository
    let git: GitProgram
    /// What was laid last; nil if nothing was.
    private(set) var laid: Laid?

    struct Laid {
        let content: StageContent
        var record: Record
        /// Files whose content is not that of their entry.
        var replaced: [FilePath: Replaced] = [:]
        /// The repository with these files, for attributes and ignored files.
        let filter: ContentFilter
        let view: Repository
        let large: LargeContent
        /// The submodules that have a folder here.
        var submodules: [FilePath] = []
        /// Ignored names that were copied or linked here.
        var beside: Set<FilePath> = []
    }

    /// A file that differs from its entry.
    struct Replaced {
        var blob: ObjectID
        var mode: EntryMode
        var status: FileStatus
        /// Its entry in the index of the stage, if that differs too.
        var staged: ObjectID?
    }

    init(root: FilePath, beside: FilePath, repository: Repository, git: GitProgram) {
        self.root = root
        self.beside = beside
        self.repository = repository
        self.git = git
    }

    /// Names that are ignored as changes of a job: caches are valid for any tree.
    static let caches: Set<FilePath> = ["__pycache__", ".mypy_cache", ".ruff_cache"]
    static let gitFolder: FilePath = ".git"
    /// With more files than these a sealed tree is not looked through again, only its folders: that
    /// somebody else wrote into a file of it is not noticed then.
    private static let mostLookedAt = 10_000

    // MARK: Laying

    /// Makes the tree equal to the content.
    ///
    /// - Parameter extra: adds files that do not belong to the content, and returns their names.
    mutating func lay(
        _ content: StageContent, extra: (inout TreeWriter) throws -> Set<FilePath> = { _ in [] }
    ) throws {
        let folder = try Folder(opening: beside)
        let known = try Record(in: folder)
        try Record.breakSeal(in: folder)
        var writer = try TreeWriter(root)
        let wanted = content.entries
        let folders = wanted.folders
        let changed = try clearFolders(known, content, folders, &writer)
        try clear(known.beside, folders, &writer)
        let view = try self.view(of: content, in: folder)
        let filter = ContentFilter(repository: view, git: git(for: view))
        let settings = try conversion(filter)
        let files = try OpenedFolder(root)
        let isTrusted =
            known.isSealed && changed.isEmpty && known.index.count > Self.mostLookedAt
        var change = try plan(from: known, to: content, isTrusted: isTrusted, files)
        if settings != known.settings { change.writeAll(wanted) }
        for position in change.removals { try writer.remove(known.index.filePath(position)) }
        var laid = Laid(
            content: content, record: known, filter: filter, view: view,
            large: LargeContent(repository))
        try write(&change, &laid, &writer)
        try setTimes(&change, content, &writer)
        try replace(&change, &laid, &writer)
        laid.beside = try extra(&writer)
        laid.record = try note(change, laid, settings, folders, in: folder)
        self.laid = laid
    }

    /// Removes unwanted folders, and unwanted files from the others.
    ///
    /// - Returns: the folders that differ from their record.
    private func clearFolders(
        _ known: Record, _ content: StageContent, _ folders: [FilePath], _ writer: inout TreeWriter
    ) throws -> [FilePath] {
        let wanted = Set(folders)
        for folder in known.folders.keys where !wanted.contains(folder) {
            try writer.removeTree(folder)
        }
        var changed: [FilePath] = []
        var statuses = try OpenedFolder(root)
        for folder in folders {
            let status =
                folder.isEmpty ? try writer.top.status(".") : statuses.status(folder)
            guard let status else { continue }
            if status.kind != .folder {
                try writer.removeTree(folder)
            } else if known.folders[folder] != Record.Mark(status) {
                if status.permissions & 0o777 != TreeWriter.folderMode { try writer.open(folder) }
                try clear(folder, content, &writer)
            } else {
                continue
            }
            changed.append(folder)
        }
        return changed
    }

    /// Removes everything from a folder that does not belong there.
    private func clear(
        _ folder: FilePath, _ content: StageContent, _ writer: inout TreeWriter
    ) throws {
        guard let opened = try? writer.top.folder(folder) else { return }
        for name in try opened.names() {
            let path = folder.pushing(name)
            if folder.isEmpty, name == Self.gitFolder { continue }
            if Self.caches.contains(name), try opened.status(name)?.kind == .folder { continue }
            if content.entries.holds(path) { continue }
            try opened.removeTree(name)
        }
    }

    /// Removes what was put beside the files, and whatever jobs made of it.
    private func clear(
        _ beside: [FilePath], _ folders: [FilePath], _ writer: inout TreeWriter
    ) throws {
        let wanted = Set(folders)
        for path in beside {
            // Folders that are only there for it go as a whole.
            let own = path.foldersAbove.last { !wanted.contains($0) }
            try writer.removeTree(own ?? path)
        }
    }

    private func plan(
        from known: Record, to content: StageContent, isTrusted: Bool,
        _ files: consuming OpenedFolder
    ) throws -> Switch {
        var files = files
        return Switch(from: known.index, to: content.entries) { position in
            guard known.index.mode(position) != .submodule else {
                return files.status(known.index.filePath(position))?.kind == .folder
            }
            let noted = known.index.stat(position)
            if noted == .unknown { return false }
            if isTrusted { return true }
            let status = known.index.withName(position) { name, _ in files.status(at: name) }
            guard let found = status ?? nil, found.isUntouched(since: noted) else { return false }
            return !known.isDoubtful(noted)
        }
    }

    /// The repository for the stage: attributes are those of the files there, filters find
    /// their keys in the user's git directory.
    private func view(of content: StageContent, in folder: borrowing Folder) throws -> Repository {
        var path = content.indexPath
        if path == nil {
            try folder.replace(
                "wanted", content: content.entries.bytes, permissions: 0o600)
            path = folder.path.appending("wanted")
        }
        return try repository.with(worktree: root, index: path ?? repository.indexPath)
    }

    private func git(for view: Repository) -> GitProgram {
        git.with(
            [
                "GIT_DIR": repository.gitDirectory.string, "GIT_WORK_TREE": root.string,
                "GIT_INDEX_FILE": view.indexPath.string,
            ], folder: root)
    }

    /// The settings for the conversion of every file, besides the attributes in the tree.
    private func conversion(_ filter: ContentFilter) throws -> [UInt8] {
        var bytes = try filter.settings()
        for setting in try repository.settings(startingWith: "filter.") {
            bytes += setting.name + [0] + (setting.value ?? []) + [0]
        }
        return bytes
    }

    private func write(
        _ change: inout Switch, _ laid: inout Laid, _ writer: inout TreeWriter
    ) throws {
        let wanted = laid.content.entries
        // They decide how the others are converted.
        let first = change.writes.filter(wanted.isAttributes)
        let others = change.writes.filter { !wanted.isAttributes($0) }
        let hasLinks = repository.configuration("core.symlinks") != "false"
        for position in first + others {
            let path = wanted.filePath(position)
            guard let mode = wanted.mode(position) else { continue }
            let entry = Entry(path: path, mode: mode, blob: wanted.content(position))
            let time = laid.content.time(position)
            switch mode {
            case .submodule: _ = try writer.makeFolder(path)
            case .symbolicLink where hasLinks:
                let target = try content(of: entry) { try repository.content(of: entry.blob) }
                let status = try writer.link(path, to: target, at: time)
                if let status { change.note(position, status) }
            case .regular, .executable, .symbolicLink:
                let laidAs: (content: [UInt8], isPlaceholder: Bool) = try self.content(of: entry) {
                    if mode == .symbolicLink {
                        return (
                            content: try repository.content(of: entry.blob), isPlaceholder: false
                        )
                    }
                    return try laid.workingContent(of: entry)
                }
                let status = try writer.write(
                    path, laidAs.content, isExecutable: mode == .executable, at: time)
                // It is another file as soon as its content is here.
                if !laidAs.isPlaceholder { change.note(position, status) }
            }
        }
        for position in 0..<wanted.count where wanted.mode(position) == .submodule {
            if !wanted.isSkipped(position) { laid.submodules.append(wanted.filePath(position)) }
        }
    }

    /// Adds a hint if the content is not in this clone, or a filter fails.
    private func content<Content>(of entry: Entry, _ read: () throws -> Content) throws -> Content {
        do { return try read() } catch let error as GitFailure {
            let name = shellWord(entry.path)
            throw StageFailure(
                error.message,
                hints: [
                    "`git cat-file --filters --path=\(name) \(entry.blob.hex)` repeats just that; "
                        + "`git check-attr filter \(name)` says which filter it is"
                ])
        } catch let error as GitError where error.isNotFound {
            throw StageFailure(
                "the content of \(safeName(entry.path)) is not in this clone",
                hints: [
                    "`git cat-file -e \(entry.blob.hex)` fetches it if this is a partial clone; "
                        + "`git fsck` shows what is missing"
                ])
        }
    }

    /// Sets the new times of files that stay.
    private func setTimes(
        _ change: inout Switch, _ content: StageContent, _ writer: inout TreeWriter
    ) throws {
        for position in change.kept.indices {
            guard let stat = change.kept[position] else { continue }
            let time = content.times[position]
            guard time != .init(0, 0), time != stat.modified,
                content.entries.mode(position) != .submodule
            else { continue }
            let path = content.entries.filePath(position)
            let status = try writer.touch(path, at: content.time(position))
            if let status { change.note(position, status) }
        }
    }

    /// Replaces the staged content by the working files.
    private func replace(
        _ change: inout Switch, _ laid: inout Laid, _ writer: inout TreeWriter
    ) throws {
        for path in laid.content.removed {
            if let position = laid.content.entries.position(at: path) { change.forget(position) }
            try writer.remove(path)
        }
        for path in laid.content.working {
            if let position = laid.content.entries.position(at: path) { change.forget(position) }
            guard let file = try WorkingContent(path, in: repository.worktree) else { continue }
            let status =
                file.isLink
                ? try writer.link(path, to: file.content, at: file.time)
                : try writer.write(
                    path, file.content, isExecutable: file.isExecutable, at: file.time)
            guard let status else { continue }
            laid.replaced[path] = Replaced(
                blob: ObjectID(blob: file.content),
                mode: file.isLink ? .symbolicLink : file.isExecutable ? .executable : .regular,
                status: status, staged: nil)
        }
    }

    /// Writes the record of what was laid.
    private func note(
        _ change: Switch, _ laid: Laid, _ settings: [UInt8], _ folders: [FilePath],
        in folder: borrowing Folder
    ) throws -> Record {
        let bytes = laid.content.entries.written(with: change.kept)
        try Record.write(
            index: bytes, folders: try marks(of: folders), settings: settings,
            beside: laid.beside, in: folder)
        return try Record(in: folder)
    }

    /// The current state of the folders.
    func marks(of folders: [FilePath]) throws -> [FilePath: Record.Mark] {
        var statuses = try OpenedFolder(root)
        let top = try Folder(opening: root)
        var marks: [FilePath: Record.Mark] = [:]
        for folder in folders {
            let status = folder.isEmpty ? try top.status(".") : statuses.status(folder)
            if let status { marks[folder] = Record.Mark(status) }
        }
        return marks
    }

    /// Changes the record of the laid tree.
    mutating func withLaid<Result>(_ body: (inout Laid) throws -> Result) rethrows -> Result? {
        guard var current = laid else { return nil }
        laid = nil
        defer { laid = current }
        return try body(&current)
    }
}

extension StageContent {
    /// The time of the file of an entry.
    func time(_ position: Int) -> FileStatus.Instant {
        let known = times[position]
        let time = known == .init(0, 0) ? unknownTime : known
        return FileStatus.Instant(time.seconds, time.nanoseconds)
    }
}

extension IndexMap {
    /// The bytes of an index with these entries as after a checkout: entries that were only
    /// announced, flags such as skip-worktree, and everything but the trees is left out.
    func written(with stats: [StatData?]) -> [UInt8] {
        var writer = IndexWriter(expecting: bytes.count)
        var isWhole = true
        for position in 0..<count {
            if isUncommitted(position) {
                isWhole = false
                continue
            }
            writer.append(
                position, of: self, stats[position] ?? .unknown, isSkipped: isSkipped(position))
        }
        return writer.finished(tree: isWhole ? encodedTree : nil)
    }
}
