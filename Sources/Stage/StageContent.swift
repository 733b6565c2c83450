internal import Files
package import Git
package import GitIndex
internal import Glibc
internal import Staging
internal import SystemPackage

/// What is under test: the files with their content and time, and HEAD.
package struct StageContent {
    /// HEAD of the stage.
    enum Head {
        /// HEAD of the worktree, with a merge or a rebase in progress.
        case worktree
        /// On a commit, and on the branch that is pushed if there is one.
        case commit(ObjectID, branch: String?)
    }

    /// The entries; nil for a file whose content comes from elsewhere.
    let entries: IndexMap
    /// The index for programs that need attributes; nil if it must be written first.
    let indexPath: FilePath?
    let head: Head
    /// When each file was last changed, by position; zero if it is unknown.
    let times: [StatData.Moment]
    /// The time of a file without a known time.
    let unknownTime: StatData.Moment
    /// Files of the working tree that differ from the index, or are not in it.
    var working: [FilePath] = []
    /// Files of the index that are not in the working tree.
    var removed: Set<FilePath> = []
    /// Whether ignored files of the working tree belong to it.
    var hasIgnored: Bool { if case .worktree = head { true } else { false } }

    /// How many files there are, with those that are not checked out.
    package var count: Int { entries.count }

    /// The content of the next commit: the index that git is working with.
    ///
    /// - Throws: `StageFailure` while entries are in conflict.
    package static func index(of repository: Repository) throws -> StageContent {
        let entries = try repository.indexEntries()
        guard !(0..<entries.count).contains(where: entries.isUnmerged) else {
            throw StageFailure(
                "there are files in conflict, so nothing can be committed",
                hints: ["resolve them and `git add` them"])
        }
        let times = (0..<entries.count).map { entries.stat($0).modified }
        let unknownTime = time(of: repository.indexPath)
        guard !repository.leavesOutSkipped,
            (0..<entries.count).contains(where: entries.isSkipped)
        else {
            return StageContent(
                entries: entries, indexPath: repository.indexPath, head: .worktree, times: times,
                unknownTime: unknownTime)
        }
        return StageContent(
            entries: try IndexMap(content: entries.writtenWithAll()), indexPath: nil,
            head: .worktree,
            times: times.indices.filter { !entries.isUncommitted($0) }.map { times[$0] },
            unknownTime: unknownTime)
    }

    /// The content of a commit.
    ///
    /// Files that are the same in the user's index have the time from there. In a
    /// partial clone, files that the working tree leaves out are left out, because their content
    /// may be missing.
    ///
    /// - Parameter branch: the local branch that is pushed, without `refs/heads/`.
    package static func commit(
        _ commit: ObjectID, branch: String? = nil, of repository: Repository
    ) throws -> StageContent {
        let users = try repository.indexEntries()
        let sparse = Sparse(users, isSparse: repository.isPartial)
        let entries = try IndexMap(
            content: try repository.indexContent(of: commit, skipping: sparse.leavesOut))
        return StageContent(
            entries: entries, indexPath: nil, head: .commit(commit, branch: branch),
            times: Self.times(of: entries, in: users), unknownTime: Self.now)
    }

    /// The working files as they are: tracked ones, and untracked ones that are not ignored.
    package static func workingTree(of repository: Repository) throws -> StageContent {
        var content = try index(of: repository)
        let changes = try repository.unstagedChanges()
        content.removed = Set(changes.filter { $0.kind == .deleted }.map(\.entry.path))
        content.working =
            changes.filter { $0.kind != .deleted }.map(\.entry.path)
            + (try repository.untrackedFiles())
        return content
    }

    /// The entries with times in `index`; both are in the same order.
    private static func times(of entries: IndexMap, in index: IndexMap) -> [StatData.Moment] {
        var times = [StatData.Moment](repeating: .init(0, 0), count: entries.count)
        var other = 0
        for position in times.indices {
            var order = -1
            while other < index.count {
                order = entries.order(position, to: other, of: index)
                if order <= 0 { break }
                other += 1
            }
            guard order == 0, other < index.count,
                entries.content(position) == index.content(other)
            else { continue }
            times[position] = index.stat(other).modified
        }
        return times
    }

    private static func time(of file: FilePath) -> StatData.Moment {
        var raw = stat()
        guard file.withPlatformString({ stat($0, &raw) }) == 0 else { return now }
        return StatData.Moment(FileStatus(raw).modified)
    }

    private static var now: StatData.Moment { StatData.Moment(FileStatus.Instant.now) }
}

extension FileStatus.Instant {
    /// The current time.
    static var now: FileStatus.Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return FileStatus.Instant(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }
}

/// A file of the working tree with its own content.
struct WorkingContent {
    let content: [UInt8]
    let isExecutable: Bool
    /// Whether it is a link, whose content is its target.
    let isLink: Bool
    let time: FileStatus.Instant

    /// Reads it; nil if it is no longer a file.
    init?(_ path: FilePath, in worktree: FilePath) throws {
        guard
            let folder = try? Folder(opening: worktree).folder(path.removingLastComponent()),
            let status = try folder.status(path.name)
        else { return nil }
        switch status.kind {
        case .regular: content = try folder.read(path.name).content
        case .symbolicLink: content = try folder.target(of: path.name).bytes
        case .folder, .other: return nil
        }
        isExecutable = status.kind == .regular && status.isExecutable
        isLink = status.kind == .symbolicLink
        time = status.modified
    }
}

extension Repository {
    /// Whether git fetches missing content on demand (`git clone --filter`).
    var isPartial: Bool { configuration("extensions.partialClone") != nil }

    /// Whether files marked `skip-worktree` are not to be checked out. Elsewhere the mark is a user's
    /// way to hide edits of a file; in a partial clone its content may not be here.
    fileprivate var leavesOutSkipped: Bool {
        let sparse = configuration("core.sparseCheckout")?.lowercased() ?? "false"
        return isPartial || !["false", "no", "off", "0"].contains(sparse)
    }
}

extension IndexMap {
    /// The bytes of an index in which every file that a commit would hold is checked out.
    fileprivate func writtenWithAll() -> [UInt8] {
        var writer = IndexWriter(expecting: bytes.count)
        for position in 0..<count where !isUncommitted(position) {
            writer.append(position, of: self, stat(position), isSkipped: false)
        }
        return writer.finished(tree: nil)
    }
}

/// What a sparse checkout leaves out of the working tree.
private struct Sparse {
    private let index: IndexMap
    private let isSparse: Bool

    init(_ index: IndexMap, isSparse: Bool) {
        self.index = index
        self.isSparse = isSparse && (0..<index.count).contains(where: index.isSkipped)
    }

    /// A path that the index does not have goes as its neighbours do.
    func leavesOut(_ path: FilePath) -> Bool {
        guard isSparse else { return false }
        if let position = index.position(at: path) { return index.isSkipped(position) }
        var folder = path
        while folder.removeLastComponent(), !folder.isEmpty {
            let around = index.positions(below: folder)
            if !around.isEmpty { return around.allSatisfy(index.isSkipped) }
        }
        return false
    }
}
