internal import Files
package import Git
internal import Reporting
package import SystemPackage

/// A real checkout of exactly one tree, in a private folder, for jobs that need every file to be there.
///
/// It is switched from its last tree, so that unchanged files keep their times; it has an index of its own and is not
/// registered as a worktree. Only one that was finished is switched: a file says so, and is taken away meanwhile.
package final class Checkout: JobFolder {
    package let root: FilePath
    package let temporary: FilePath
    private let lock: Lock

    /// Which tree is checked out.
    package enum Content: Sendable {
        /// What the next commit holds.
        case index
        /// What a commit holds.
        case commit(ObjectID)
    }

    private static let finished: FilePath = "finished"
    /// Caches that tools keep beside the code; they are right whatever the tree is.
    private static let kept = ["__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"]
    /// Folders that git ignores and that jobs need; they are linked from the working tree.
    private static let shared: [FilePath] = [".venv", "node_modules"]

    /// - Throws: `GitFailure` when git cannot write the files, or the index has entries in conflict.
    package init(
        of content: Content, _ repository: Repository, git: GitProgram, caches: FilePath
    ) throws {
        let home = try Overlay.privateFolder(caches.appending("checkouts"))
        let (place, lock) = try Self.free(Overlay.key(of: repository.worktree), in: home)
        self.lock = lock
        let folder = try home.folder(place, create: true, mode: 0o700)
        let name = repository.worktree.name == Self.finished ? "tree" : repository.worktree.name
        root = folder.path.pushing(name)
        temporary = folder.path.appending("tmp")
        try folder.removeTree("tmp")
        if try folder.status(Self.finished) == nil {
            try folder.removeTree(name)
            try folder.remove("index")
        }
        try folder.remove(Self.finished)
        try folder.makeFolder("tmp", mode: 0o700)
        try folder.makeFolder(name, mode: 0o700)
        let tree: String
        switch content {
        case .index:
            let output = try git.run(["write-tree"], "write the tree of the index")
            tree = String(decoding: output.prefix(40), as: UTF8.self)
        case .commit(let commit): tree = try repository.treeName(of: commit).hex
        }
        try Self.write(
            tree,
            git.with(
                [
                    "GIT_DIR": repository.gitDirectory.string, "GIT_WORK_TREE": root.string,
                    "GIT_INDEX_FILE": folder.path.appending("index").string,
                ], folder: root))
        try Self.share(from: repository.worktree, with: try folder.folder(name))
        try folder.create(Self.finished, content: [], permissions: 0o600)
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

    private static func write(_ tree: String, _ git: GitProgram) throws {
        let attempt = "check out the tree \(tree.prefix(12))"
        try git.run(["read-tree", "--reset", "-u", tree], attempt)
        let exceptions = (kept + shared.map(\.string)).flatMap { ["-e", $0] }
        try git.run(["clean", "-ffdxq"] + exceptions, attempt)
    }

    private static func share(from worktree: FilePath, with root: borrowing Folder) throws {
        let original = try Folder(opening: worktree)
        for name in shared where try root.status(name) == nil {
            guard try original.status(name) != nil else { continue }
            try root.link(name, to: worktree.pushing(name))
        }
    }
}
