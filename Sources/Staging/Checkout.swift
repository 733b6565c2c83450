internal import Files
package import Git
internal import Glibc
internal import Reporting
internal import Spawn
package import SystemPackage

/// A real checkout of exactly one tree, in a private folder, for jobs that need every file to be
/// there.
///
/// It is switched from its last tree, so that unchanged files keep their times; it has an index of
/// its own and is not registered as a worktree. Only one that was finished is switched: a file
/// names its room, and is taken away meanwhile. After a killed run the room is another one, because
/// git may still be writing into the old one.
package final class Checkout: JobFolder {
    package let root: FilePath
    package let temporary: FilePath
    private let lock: Lock
    private let tree: String
    private let git: GitProgram
    private let shape: Shape

    /// Which tree is checked out.
    package enum Content: Sendable {
        /// What the next commit holds.
        case index
        /// What a commit holds.
        case commit(ObjectID)
    }

    /// What makes one kind of checkout differ from another, so that each is switched from its own
    /// last tree.
    package struct Shape: Hashable, Sendable {
        /// Any text; empty for that of the whole tree.
        package var purpose: String
        /// Ignored folders at the top that are linked from the working tree.
        package var share: [FilePath]

        package init(purpose: String = "", share: [FilePath] = [".venv", "node_modules"]) {
            self.purpose = purpose
            self.share = share
        }

        fileprivate var suffix: String {
            if self == Shape() { return "" }
            let text = ([purpose] + share.map(\.string)).joined(separator: "\n")
            return "-" + String(stableHash(Array(text.utf8)), radix: 36)
        }
    }

    private static let finished: FilePath = "finished"
    private static let index: FilePath = "index"
    /// Caches that tools keep beside the code; they are right whatever the tree is.
    private static let kept = ["__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"]

    /// - Throws: `GitFailure` when git cannot write the files, or the index has entries in
    ///   conflict.
    package init(
        of content: Content, _ repository: Repository, git: GitProgram, caches: FilePath,
        shape: Shape = Shape()
    ) throws {
        let home = try Overlay.privateFolder(caches.appending("checkouts"))
        let (place, lock) = try Self.free(
            Overlay.key(of: repository.worktree) + shape.suffix, in: home)
        self.lock = lock
        let folder = try home.folder(place, create: true, mode: 0o700)
        tree = try Self.name(of: content, repository, git)
        let last = Self.room(in: folder, for: tree, git)
        let made: (root: FilePath, git: GitProgram)
        do {
            made = try Self.make(
                tree, in: last ?? Self.newRoom(), of: folder, repository, git, shape)
        } catch let error as GitFailure {
            // What is wrong with the old room, if it is that, is not worth knowing.
            guard last != nil, !error.isInterruption else { throw error }
            made = try Self.make(tree, in: Self.newRoom(), of: folder, repository, git, shape)
        }
        (root, self.git) = made
        self.shape = shape
        temporary = folder.path.appending("tmp")
        try folder.makeFolder("tmp", mode: 0o700)
    }

    /// Brings every file back to what the tree holds, and removes all others, caches of what they
    /// were among them.
    package func restore() async throws {
        try await Self.write(tree, git, shape, keeping: [])
    }

    private static func name(
        of content: Content, _ repository: Repository, _ git: GitProgram
    ) throws -> String {
        switch content {
        case .index: return try git.writeTree().hex
        case .commit(let commit): return try repository.treeName(of: commit).hex
        }
    }

    /// The room of the last checkout, if that was finished and its files would be written as they
    /// are for `tree` too.
    private static func room(
        in place: borrowing Folder, for tree: String, _ git: GitProgram
    ) -> FilePath? {
        guard let note = (try? place.read(finished))?.content else { return nil }
        let words = String(decoding: note, as: UTF8.self).split(separator: " ")
        guard words.count == 2, words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber } })
        else { return nil }
        let room = FilePath(String(words[0]))
        guard (try? place.status(room))?.kind == .folder else { return nil }
        let last = String(words[1])
        if last == tree { return room }
        let comparison = [
            "diff-tree", "-r", "--quiet", last, tree, "--", ":(glob)**/.gitattributes",
        ]
        return (try? git.run(comparison, "compare two trees")) == nil ? nil : room
    }

    private static func newRoom() -> FilePath {
        FilePath("r" + String(UInt64.random(in: .min ... .max), radix: 36))
    }

    /// Checks the tree out in a room, and removes all others.
    private static func make(
        _ tree: String, in room: FilePath, of place: borrowing Folder, _ repository: Repository,
        _ git: GitProgram, _ shape: Shape
    ) throws -> (root: FilePath, git: GitProgram) {
        let isThere = hasUntouched(tree, room, of: place, repository, git)
        if !isThere, let last = try place.status(finished) {
            waitForAnotherSecond(than: last.modified)
        }
        try place.remove(finished)
        for other in try place.names() where other != room { try? place.removeTree(other) }
        try place.makeFolder(room, mode: 0o700)
        let folder = try place.folder(room)
        let usual = repository.worktree.name
        let name = usual == index || usual == "index.lock" ? "tree" : usual
        try folder.makeFolder(name, mode: 0o700)
        let root = folder.path.pushing(name)
        let git = own(git, repository, root, folder.path)
        let written = waiting { () -> Result<Void, GitFailure> in
            do throws(GitFailure) {
                return .success(try await write(isThere ? nil : tree, git, shape))
            } catch {
                return .failure(error)
            }
        }
        try written?.get()
        if !isThere { try removeHollow(root, git, shape) }
        try share(shape.share, from: repository.worktree, with: try folder.folder(name))
        try place.create(
            finished, content: room.bytes + [0x20] + Array(tree.utf8), permissions: 0o600)
        return (root, git)
    }

    /// Removes folders in which nothing is left of the tree but kept caches: a folder `src` that is
    /// there means something to tools.
    private static func removeHollow(_ root: FilePath, _ git: GitProgram, _ shape: Shape) throws {
        let output = try git.run(
            settings + ["ls-files", "--others", "--directory", "-z"], "look at the checkout")
        let top = try Folder(opening: root)
        for line in output.split(separator: 0) where line.last == UInt8(ascii: "/") {
            let path = FilePath(bytes: line.dropLast())
            let isCache = kept.contains(path.name.string) || shape.share.contains(path)
            if !isCache { try top.folder(path.removingLastComponent()).removeTree(path.name) }
        }
    }

    /// Git with the files and the index of a room.
    private static func own(
        _ git: GitProgram, _ repository: Repository, _ root: FilePath, _ folder: FilePath
    ) -> GitProgram {
        git.with(
            [
                "GIT_DIR": repository.gitDirectory.string, "GIT_WORK_TREE": root.string,
                "GIT_INDEX_FILE": folder.pushing(index).string,
            ], folder: root)
    }

    /// Tracked files with other content than the index of the checkout has.
    private static let comparison = [
        "diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
    ]

    /// Whether the room holds exactly this tree, and nothing touched a file of it since.
    private static func hasUntouched(
        _ tree: String, _ room: FilePath, of place: borrowing Folder, _ repository: Repository,
        _ git: GitProgram
    ) -> Bool {
        guard let note = (try? place.read(finished))?.content,
            String(decoding: note, as: UTF8.self) == "\(room.string) \(tree)",
            let folder = try? place.folder(room),
            let name = try? folder.names().first(where: {
                $0 != index && (try? folder.status($0))??.kind == .folder
            })
        else { return false }
        let git = own(git, repository, folder.path.pushing(name), folder.path)
        let changed = try? git.run(settings + comparison, "look at a checkout")
        return changed?.isEmpty == true
    }

    /// Tracked files that are not what was checked out any more.
    package func rewritten() throws -> [FilePath] {
        let output = try git.run(
            Self.settings + Self.comparison, "look at the checkout")
        let paths = output.split(separator: 0).map { FilePath(bytes: $0) }
        // A cache that somebody committed by mistake is written by every run.
        return paths.filter { path in
            !path.components.contains { Self.kept.contains($0.string) }
        }
    }

    /// Caches know a version of a file by its size and the second in which it was written: Python's
    /// bytecode by nothing else. Two versions must not come in the same second.
    private static func waitForAnotherSecond(than last: FileStatus.Instant) {
        var now = timespec()
        while clock_gettime(CLOCK_REALTIME, &now) == 0, Int64(now.tv_sec) == last.seconds {
            // File systems take their time from a clock that ticks every few milliseconds.
            usleep(UInt32(max(0, 1_000_000_000 - now.tv_nsec) / 1000) + 10_000)
        }
    }

    private static func free(_ key: String, in home: borrowing Folder) throws -> (FilePath, Lock) {
        for number in 0..<100 {
            let place = FilePath("\(key)-\(number)")
            if let lock = try Lock(FilePath("\(place.string).lock"), in: home) {
                return (place, lock)
            }
        }
        throw OverlayFailure(
            message: "a hundred runs at once use the checkouts in \(home.path.string)")
    }

    /// Settings of the user's that are about another working tree, or would let git do more than
    /// write files.
    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.ignoreStat=false",
        "core.sparseCheckout=false", "core.splitIndex=false", "core.untrackedCache=false",
        "index.sparse=false", "submodule.recurse=false",
    ].flatMap { ["-c", $0] }

    private static func write(
        _ tree: String?, _ git: GitProgram, _ shape: Shape, keeping kept: [String] = kept
    ) async throws(GitFailure) {
        let attempt = "check out the tree \(tree?.prefix(12) ?? "again")"
        if let tree {
            try await git.runGuarded(settings + ["read-tree", "--reset", "-u", tree], attempt)
        }
        let exceptions = (kept + shape.share.map(\.string)).flatMap { ["-e", $0] }
        try await git.runGuarded(settings + ["clean", "-ffdxq"] + exceptions, attempt)
    }

    private static func share(
        _ names: [FilePath], from worktree: FilePath, with root: borrowing Folder
    ) throws {
        let original = try Folder(opening: worktree)
        for name in names where try root.status(name) == nil {
            guard try original.status(name) != nil else { continue }
            try root.link(name, to: worktree.pushing(name))
        }
    }
}
