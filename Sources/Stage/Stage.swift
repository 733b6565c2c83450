package import Files
package import Git
package import GitIndex
internal import Glibc
internal import Reporting
package import Spawn
package import Staging
internal import Synchronization
package import SystemPackage

/// A folder in which a job finds exactly what is under test, and a working git. To the job
/// it looks like a fresh clone, but the job cannot do harm there.
///
/// A worktree has one, which is kept and switched from run to run, for commits, pushes and
/// phases. While another run uses it, this run gets another one. See `docs/staging.md`.
///
/// It is laid before jobs run in it, and checked after they have finished: its
/// state belongs to one run at a time.
package final class Stage: JobFolder, @unchecked Sendable {
    /// The folder that represents the top of the working tree.
    package let root: FilePath
    /// Where the jobs' temporary files go.
    package let temporary: FilePath
    let repository: Repository
    private let git: GitProgram
    /// The folder of this stage.
    private let place: FilePath
    private let lock: Lock
    private let way: Way
    /// Whether the stage can be mounted over the working tree.
    private let canMount: Bool
    private var tree: StageTree
    private var submodules: [StageTree] = []
    /// Whether nothing was laid yet.
    package let isNew: Bool
    /// What was laid last, with the ignored files.
    private var order: (content: StageContent, share: [FilePath], spare: FilePath?)?
    /// The changes of fixers since then.
    private var fixed: [FilePath: StagedFile] = [:]
    /// The last harvest, if nothing was changed since.
    private let found = Mutex<Harvest?>(nil)

    /// Where this program keeps the records of the stage; no job writes there.
    private static let besideName: FilePath = "beside"

    /// Takes the stage of a worktree; while another run uses it, the next one.
    ///
    /// - Parameter purpose: distinguishes a stage that is switched separately; empty for the
    ///   usual one.
    package init(
        of repository: Repository, in home: PlaceHome, git: GitProgram, purpose: String = ""
    ) throws {
        let folder = try home.folder(for: repository.worktree, kind: "stages")
        Place.removeFormer("checkouts", in: home.caches)
        let taken = try Place.take(
            Overlay.key(of: repository.worktree)
                + (purpose.isEmpty ? "" : "-" + Overlay.key(of: FilePath(purpose))),
            of: repository.worktree, in: folder, kind: "stages")
        if taken.isNew { Place.sweep(folder) }
        place = folder.path.pushing(taken.name)
        lock = taken.lock
        self.repository = repository
        self.git = git
        let own = try folder.folder(taken.name)
        let name = repository.worktree.lastComponent.map { FilePath(root: nil, [$0]) } ?? "root"
        for each: FilePath in ["work", Self.besideName, "tree", "inside", "way"] {
            if try own.status(each)?.kind != .folder { try own.removeTree(each) }
            try own.makeFolder(each, mode: 0o700)
        }
        try own.removeTree("tmp")
        try own.makeFolder("tmp", mode: 0o700)
        let above = Above(repository.worktree, home: home.home)
        let work = try above.lay(in: own.folder("work"), hasFolders: true)
        // A job can put anything in the place of what it was given to work in.
        if try work.status(name)?.kind != .folder { try work.removeTree(name) }
        try work.makeFolder(name)
        try work.setPermissions(of: name, to: TreeWriter.folderMode)
        root = work.path.pushing(name)
        temporary = place.appending("tmp")
        isNew = try own.folder(Self.besideName).status(Record.indexName) == nil
        // A file system without links has no second path to the working tree, and needs none if
        // nothing is mounted over it.
        let hasWay: Bool
        do {
            try Self.replaceLink("original", in: own.folder("way"), repository.worktree)
            try Self.replaceLink("original", in: own.folder("inside"), place.appending("tree"))
            hasWay = true
        } catch let error as FileError
            where error.code == .notPermitted
            || error.code == .notSupported || error.code == .noFunction
        {
            hasWay = false
        }
        canMount = hasWay
        way = Way(
            worktree: repository.worktree, stage: root,
            original: hasWay ? place.appending("way/original") : repository.worktree)
        tree = StageTree(
            root: root, beside: place.pushing(Self.besideName), repository: repository, git: git)
    }

    private static func replaceLink(
        _ name: FilePath, in folder: consuming Folder, _ target: FilePath
    ) throws {
        if (try? folder.target(of: name)) == target { return }
        try folder.removeTree(name)
        try folder.link(name, to: target)
    }

    // MARK: Laying

    /// Lays the content, or switches from what was laid last, and makes `.git`.
    ///
    /// - Parameters:
    ///   - share: names at the top that are linked from the working tree although they are ignored.
    ///   - spare: where those are that the working tree does not have.
    package func lay(
        _ content: StageContent, sharing share: [FilePath], spare: FilePath? = nil
    ) throws {
        forget()
        order = (content, share, spare)
        fixed = [:]
        let ignored = Ignored(
            repository: repository, way: way, share: share.filter { !content.entries.holds($0) },
            spare: spare)
        let names = content.hasIgnored ? try ignored.names(beside: content.entries) : []
        do {
            try Folder(opening: tree.beside).removeTree("objects")
            try tree.lay(content) { writer in try ignored.lay(names, &writer) }
            submodules = []
            try laySubmodules(of: tree)
            try makeGitDirectories()
        } catch let error as FileError
            where [.noSpace, .fileTooLarge, .diskQuotaExceeded].contains(error.code)
        {
            throw StageFailure(
                error.message,
                hints: [
                    "the stage lies in \(safeName(place)); free space there, "
                        + "or set XDG_CACHE_HOME to a folder with more of it"
                ])
        }
    }

    /// Lays the recorded commits of the submodules that are checked out in the working tree; the
    /// others are empty folders, as in a clone.
    private func laySubmodules(of tree: StageTree) throws {
        guard let laid = tree.laid else { return }
        for path in laid.submodules {
            let entries = laid.content.entries
            guard let position = entries.position(at: path) else { continue }
            let commit = entries.content(position)
            guard let users = tree.repository.submodule(at: path),
                let content = try? StageContent.commit(commit, of: users)
            else {
                let folder = try Folder(opening: tree.root).folder(path)
                for name in try folder.names() { try folder.removeTree(name) }
                continue
            }
            let name = FilePath("submodule-" + Overlay.key(of: path))
            try Folder(opening: tree.beside).makeFolder(name, mode: 0o700)
            var below = StageTree(
                root: tree.root.pushing(path), beside: tree.beside.pushing(name),
                repository: users, git: git)
            try below.lay(content)
            submodules.append(below)
            try laySubmodules(of: below)
        }
    }

    /// Creates the git directories of the stage and of its submodules.
    private func makeGitDirectories() throws {
        for each in [tree] + submodules {
            guard let laid = each.laid else { continue }
            // If the repository takes no objects, the objects under test are in another store.
            let own = each.repository.commonDirectory.appending("objects")
            let stores =
                ([own, each.repository.objectFolder].map(way.path))
                + [each.beside.appending("objects")]
            try Folder(opening: each.beside).makeFolder("objects", mode: 0o700)
            let directory = GitDirectory(
                repository: each.repository, head: laid.content.head, stores: stores,
                excluded: StageTree.caches.map { Array("\($0.string)/".utf8) }
                    + laid.beside.map(pattern),
                way: Way(worktree: way.worktree, stage: each.root, original: way.original))
            let beside = try Folder(opening: each.beside)
            try beside.removeTree("git")
            try beside.makeFolder("git")
            try directory.make(in: beside.folder("git"), index: each.index())
            let root = try Folder(opening: each.root)
            try root.removeTree(StageTree.gitFolder)
            try beside.rename("git", into: root, as: StageTree.gitFolder)
        }
    }

    // MARK: Jobs

    /// Writes the changes of a fixer to files, and to the stage's index.
    package func put(_ files: [StagedFile]) throws {
        let new = files.filter { fixed[$0.path]?.content != $0.content }
        if new.isEmpty { return }
        forget()
        for file in new { fixed[file.path] = file }
        try tree.put(new)
        // Changes of jobs to other files are kept.
        guard let own = try? Folder(opening: root).folder(StageTree.gitFolder) else {
            return try makeGitDirectories()
        }
        try own.removeTree("index")
        try own.replace("index", content: tree.index(), permissions: 0o600)
    }

    /// A file as it was laid.
    package struct Original: Sendable {
        package let entry: Entry
        /// As a checkout writes it.
        package let content: [UInt8]
        /// The working file now; nil if there is none.
        package let working: FileStatus?
    }

    /// A tracked file as it was laid; nil if the index has no such file.
    package func original(of path: FilePath) throws -> Original? {
        guard let laid = tree.laid else { return nil }
        var folders = try OpenedFolder(repository.worktree)
        let working = laid.content.working.contains(path) ? folders.content(of: path) : nil
        let status = folders.status(path)
        guard let position = laid.content.entries.position(at: path),
            let mode = laid.content.entries.mode(position), mode.isFile
        else {
            // Of the working files, those too that git does not track.
            guard let working, let status else { return nil }
            let mode: EntryMode = status.isExecutable ? .executable : .regular
            return Original(
                entry: Entry(path: path, mode: mode, blob: .none), content: working,
                working: status)
        }
        let entry = Entry(path: path, mode: mode, blob: laid.content.entries.content(position))
        return Original(
            entry: entry, content: try working ?? laid.workingContent(of: entry).content,
            working: status)
    }

    /// What became of a new file that a job made.
    package enum New: Sendable {
        case file(content: [UInt8], isExecutable: Bool)
        /// The working tree has something else in its place, which git does not track.
        case taken
        /// It is no regular file.
        case other
    }

    /// Looks at a file that a job made.
    ///
    /// - Parameter isPublished: whether it is to come into the working tree.
    package func new(_ path: FilePath, isPublished: Bool) throws -> New {
        guard let found = try? read(path) else { return .other }
        let file = New.file(content: found.content, isExecutable: found.status.isExecutable)
        guard isPublished else { return file }
        let top = try Folder(opening: repository.worktree)
        do throws(FileError) {
            let users = try top.folder(path.removingLastComponent()).read(path.name)
            return users.content == found.content ? file : .taken
        } catch {
            return error.code == .noSuchFileOrDirectory ? file : .taken
        }
    }

    /// Removes new files of a job, so that the next one does not see them.
    package func remove(_ files: [FilePath]) throws {
        if files.isEmpty { return }
        forget()
        try tree.remove(files)
    }

    /// Restores everything as it was laid.
    ///
    /// - Parameter keepsFixes: whether the changes of fixers stay.
    package func restore(keepsFixes: Bool = true) throws {
        guard let order else { return }
        let files = keepsFixes ? fixed.values.sorted { $0.path.string < $1.path.string } : []
        try lay(order.content, sharing: order.share, spare: order.spare)
        try put(files)
    }

    /// The changes of jobs since the files were laid.
    package func harvest() throws -> Harvest {
        if let found = found.withLock({ $0 }) { return found }
        let harvest = try tree.harvest()
        found.withLock { $0 = harvest }
        return harvest
    }

    /// Something is about to change the files.
    func forget() { found.withLock { $0 = nil } }

    /// Ends the use of the stage. If everything is as it was laid, the next run need not check the
    /// files again.
    package func close() throws {
        try tree.seal(try harvest())
        for position in submodules.indices {
            let harvest = try submodules[position].harvest()
            try submodules[position].seal(harvest)
        }
    }

    /// Variables that a job gets in addition to the user's: in a partial clone, git fetches
    /// nothing.
    package var variables: [String: String] {
        repository.isPartial ? ["GIT_NO_LAZY_FETCH": "1"] : [:]
    }

    /// What a path in a job's view is called in the user's.
    package func usersName(of path: String) -> String {
        var below = FilePath(path)
        for place in ["tree", "way/original", "inside/original"] {
            if below.removePrefix(self.place.appending(place)) {
                return repository.worktree.pushing(below).string
            }
        }
        return path
    }

    /// Lets a program work in the stage, and see it also at the path of the worktree: so a path to
    /// the worktree, such as that of an editable installation, leads to what is under test.
    ///
    /// - Parameter variables: replace this if the system does not allow mounts.
    package func confine(_ invocation: Invocation, otherwise variables: [String: String])
        -> Invocation
    {
        forget()
        var invocation = invocation
        // A process outside of this view may be started in the current folder by its path.
        invocation.environment["PWD"] = invocation.folder.string
        invocation.protected.append(place)
        invocation.writable += [root, temporary]
        invocation.notesDenied = true
        // The mount would hide the files in the worktree itself.
        guard canMount, !place.starts(with: repository.worktree) else {
            for (name, value) in variables { invocation.environment[name] = value }
            return invocation
        }
        invocation.mounts = [
            Invocation.Mount(repository.worktree, at: place.appending("tree")),
            Invocation.Mount(place.appending("inside"), at: place.appending("way")),
            Invocation.Mount(root, at: repository.worktree),
        ]
        invocation.withoutMounts = variables
        return invocation
    }
}

/// A file with the content of a fixer.
package struct StagedFile: Sendable {
    package let path: FilePath
    package let content: [UInt8]
    package let isExecutable: Bool

    package init(path: FilePath, content: [UInt8], isExecutable: Bool) {
        self.path = path
        self.content = content
        self.isExecutable = isExecutable
    }
}
