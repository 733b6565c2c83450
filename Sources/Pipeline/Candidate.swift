internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Planning
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// The tree under test, in the form of a commit without a reference.
///
/// All code for commits works with it: the configuration, the checkout and the cache keys
/// are those of the real commit.
struct Candidate: Sendable {
    var commit: ObjectID
    var tree: ObjectID
    /// Its parent; nil before the first commit.
    var parent: ObjectID?

    /// The commit of a revision.
    init(of commit: ObjectID, in repository: Repository) throws {
        self.commit = commit
        tree = try repository.treeName(of: commit)
        parent = try repository.firstParent(of: commit)
    }

    /// A tree, as a commit on HEAD would have it.
    init(ofTree tree: ObjectID, in repository: Repository) throws {
        self.tree = tree
        parent = try repository.head().commit
        commit = try repository.storeCommit(
            tree: tree, parents: [parent].compactMap { $0 }, message: "")
    }

    /// The commit that the index of a repository would become.
    ///
    /// - Parameters:
    ///   - git: for the index that is meant.
    ///   - message: its trailers allow findings; see `Comparison`.
    init(of index: Repository, _ git: GitProgram, message: String) throws {
        tree = try git.writeTree()
        let parents = [try index.head().commit].compactMap { $0 } + index.mergeHeads()
        parent = parents.first
        commit = try index.storeCommit(tree: tree, parents: parents, message: message)
    }
}

/// A separate index, which becomes the user's only after everything has passed.
///
/// It is a copy of the user's, in the git directory: until then a kill leaves the user's own as it
/// was. The next run removes the index of a killed run.
final class PrivateIndex {
    let path: FilePath
    /// The repository with this index.
    private(set) var repository: Repository
    /// The environment of programs that work on it.
    let environment: ProcessEnvironment
    let git: GitProgram
    private let own: Repository
    /// The entries of the user's index when it was copied, as `git ls-files` lists them.
    private let before: [UInt8]
    private let lock: Lock?

    /// - Parameter forLook: an index that is only read; there may be several.
    /// - Throws: a `Failure` if another run has one in this worktree.
    init(of repository: Repository, _ context: Context, forLook: Bool = false) throws {
        let state = try Folder(private: repository.worktreeState, create: true)
        let lock = forLook ? nil : try Lock("ship.lock", in: state)
        guard forLook || lock != nil else {
            throw Failure(
                message: "another `hooks ship` is running in this worktree",
                hints: ["wait for it, or use another worktree: `git worktree add`"],
                exitStatus: .conflict)
        }
        self.lock = lock
        own = repository
        let name = forLook ? FilePath("look-index-\(getpid())") : "ship-index"
        path = state.path.pushing(name)
        try Self.removeAbandoned(from: state)
        try state.remove(name)
        try state.remove(FilePath(name.string + ".lock"))
        before = try Self.listing(GitProgram(repository, environment: context.environment))
        if let content = try contents(of: repository.indexPath) {
            try state.create(name, content: content, permissions: 0o600)
            // Git trusts the time of a file only if the index is newer: a copy is not.
            let status = try Folder(opening: repository.indexPath.removingLastComponent())
                .status(repository.indexPath.name)
            if let status { try state.setModified(name, to: status.modified) }
        }
        var environment = context.environment
        environment["GIT_INDEX_FILE"] = path.string
        self.environment = environment
        self.repository = try repository.with(index: path)
        git = GitProgram(repository, environment: environment)
    }

    /// Removes the leftovers of killed runs.
    private static func removeAbandoned(from state: borrowing Folder) throws {
        for name in try state.names() where name.string.hasPrefix("look-index-") {
            let process = name.string.dropFirst("look-index-".count).prefix { $0.isNumber }
            guard let process = pid_t(process), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            try state.remove(name)
        }
    }

    deinit {
        if let state = try? Folder(opening: path.removingLastComponent()) {
            try? state.remove(path.name)
        }
    }

    /// Stages everything that `git add -A` would.
    func stageAll() throws {
        try git.run(["add", "-A", "--", ":/"], "stage the changes")
        repository = try own.with(index: path)
    }

    /// Reads it again after another process wrote it.
    func reopen() throws {
        repository = try own.with(index: path)
    }

    private static func listing(_ git: GitProgram) throws -> [UInt8] {
        try git.run(["ls-files", "--stage", "-v", "-z", "--full-name", ":/"], "read the index")
    }

    /// Whether the user's index still says what it said when it was copied; its notes about working
    /// files may be newer.
    func isStillFresh(_ context: Context) throws -> Bool {
        try Self.listing(GitProgram(own, environment: context.environment)) == before
    }

    /// Makes it the user's index, and returns a value that can undo that.
    func place(_ context: Context) throws -> PlacedIndex {
        try PlacedIndex(from: path, in: own, context)
    }
}

/// The user's index after it was replaced.
struct PlacedIndex {
    private let index: FilePath
    /// Its former bytes; nil if there was none.
    private let before: (content: [UInt8], status: FileStatus)?
    private let put: [UInt8]
    private let update: IndexUpdate

    fileprivate init(from file: FilePath, in repository: Repository, _ context: Context) throws {
        index = repository.indexPath
        let folder = try Folder(opening: index.removingLastComponent())
        before = try folder.status(index.name) == nil ? nil : folder.read(index.name)
        let made = try Folder(opening: file.removingLastComponent()).read(file.name)
        put = made.content
        update = IndexUpdate(repository, environment: context.environment)
        try update.place(put, writtenAt: made.status.modified)
    }

    /// Restores the former bytes, unless another process wrote it since.
    func takeBack() {
        guard let now = try? contents(of: index), now == put else { return }
        if let before {
            try? update.place(before.content, writtenAt: before.status.modified)
        } else if let folder = try? Folder(opening: index.removingLastComponent()) {
            try? folder.remove(index.name)
        }
    }
}
