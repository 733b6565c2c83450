internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Staging
internal import SystemPackage

/// The `.git` of a stage: a separate repository that borrows the user's objects.
///
/// It is created again for each run, because a job can change anything in it. Whatever a job adds,
/// commits, tags or collects there does not affect the user's repository.
struct GitDirectory {
    let repository: Repository
    let head: StageContent.Head
    /// Full paths of object stores.
    let stores: [FilePath]
    /// Patterns of files that git must not show.
    let excluded: [[UInt8]]
    /// The path to the user's git directories in the stage.
    let way: Way

    /// Files that show a merge or rebase in progress; hooks look for these names.
    private static let states: [FilePath] = [
        "AUTO_MERGE", "BISECT_LOG", "CHERRY_PICK_HEAD", "MERGE_HEAD", "MERGE_MODE", "MERGE_MSG",
        "MERGE_RR", "ORIG_HEAD", "REBASE_HEAD", "REVERT_HEAD", "SQUASH_MSG", "rebase-apply",
        "rebase-merge", "sequencer",
    ]
    /// Git's own files, which are created here or are not needed.
    private static let own: Set<FilePath> = [
        "COMMIT_EDITMSG", "FETCH_HEAD", "HEAD", "branches", "commondir", "config",
        "config.worktree", "description", "fsmonitor--daemon", "fsmonitor--daemon.ipc", "gc.log",
        "gc.pid", "gitdir", "hooks", "hooks-binary", "index", "info", "lfs", "locked", "logs",
        "modules", "objects", "packed-refs", "refs", "shallow", "worktrees",
    ]

    /// Creates it in an empty folder.
    func make(in folder: borrowing Folder, index: [UInt8]) throws {
        for name in ["objects/info", "objects/pack", "refs/heads", "refs/tags", "info", "hooks"] {
            _ = try folder.folder(FilePath(name), create: true)
        }
        try write("objects/info/alternates", stores.flatMap(Self.alternate), in: folder)
        let commit = try writeHead(in: folder)
        let references = References(repository.commonDirectory, repository.gitDirectory)
        try references.write(in: folder)
        if let commit { try writeLog(commit, in: folder) }
        for name: FilePath in ["info/attributes", "info/grafts", "info/sparse-checkout", "shallow"]
        {
            try copyFile(name, from: repository.commonDirectory, to: folder)
        }
        try copyFile("info/sparse-checkout", from: repository.gitDirectory, to: folder)
        if case .worktree = head {
            let own = try Folder(opening: repository.gitDirectory)
            for name in Self.states { try copyTree(name, from: own, to: folder) }
        }
        try linkOthers(in: folder)
        let settings = try StageSettings(
            repository, hooks: way.stage.appending(".git/hooks"), way)
        try write("config", settings.text, in: folder)
        let users = try contents(of: repository.commonDirectory.appending("info/exclude")) ?? []
        let patterns = excluded.flatMap { pattern -> [UInt8] in pattern + [10] }
        try write("info/exclude", users + [10] + patterns, in: folder)
        try write("description", Array("a stage of hooks\n".utf8), in: folder)
        try write("index", index, in: folder)
    }

    /// HEAD, and its commit; nil before the first commit.
    private func writeHead(in folder: borrowing Folder) throws -> ObjectID? {
        switch head {
        case .worktree:
            let head = try contents(of: repository.gitDirectory.appending("HEAD")) ?? []
            try write("HEAD", head, in: folder)
            return try repository.head().commit
        case .commit(let commit, let branch):
            let isThere = try branch.map { try repository.resolve("refs/heads/\($0)") == commit }
            let text = isThere == true ? "ref: refs/heads/\(branch ?? "")" : commit.hex
            try write("HEAD", Array("\(text)\n".utf8), in: folder)
            return commit
        }
    }

    /// The single line of a fresh clone, so that `HEAD@{0}` works.
    private func writeLog(_ commit: ObjectID, in folder: borrowing Folder) throws {
        let line = "\(ObjectID.none.hex) \(commit.hex) hooks <hooks> \(time(nil)) +0000\tclone\n"
        _ = try folder.folder("logs", create: true)
        try write("logs/HEAD", Array(line.utf8), in: folder)
    }

    /// Files of other programs in a git directory, such as git-crypt's keys or git-annex's objects,
    /// for reading.
    private func linkOthers(in folder: borrowing Folder) throws {
        for place in Set([repository.commonDirectory, repository.gitDirectory]) {
            for name in try Folder(opening: place).names() {
                let text = name.string
                guard !Self.own.contains(name), !Self.states.contains(name),
                    !text.hasSuffix(".lock"), !text.hasPrefix("hooks-state"),
                    try folder.status(name) == nil
                else { continue }
                try folder.link(name, to: way.path(place.pushing(name)))
            }
        }
    }

    /// A line of the list of object stores.
    private static func alternate(_ path: FilePath) -> [UInt8] {
        let bytes = path.bytes
        guard bytes.contains(10) || bytes.first == UInt8(ascii: "\"") else { return bytes + [10] }
        return quoted(bytes) + [10]
    }

    private func write(
        _ path: FilePath, _ content: [UInt8], in folder: borrowing Folder
    ) throws {
        try folder.folder(path.removingLastComponent()).create(
            path.name, content: content, permissions: 0o600)
    }

    /// Copies a file, if there is one and it is a file.
    private func copyFile(
        _ path: FilePath, from place: FilePath, to folder: borrowing Folder
    ) throws {
        guard let content = try? contents(of: place.pushing(path)) else { return }
        let target = try folder.folder(path.removingLastComponent())
        try target.remove(path.name)
        try target.create(path.name, content: content, permissions: 0o600)
    }

    /// Copies a file, or a folder with all files in it.
    private func copyTree(
        _ name: FilePath, from place: borrowing Folder, to folder: borrowing Folder
    ) throws {
        switch try place.status(name)?.kind {
        case .regular:
            // Git may have removed it by now.
            guard let found = try? place.read(name) else { return }
            try folder.create(name, content: found.content, permissions: 0o600)
        case .folder:
            let inner = try place.folder(name)
            let copy = try folder.folder(name, create: true)
            for each in try inner.names() { try copyTree(each, from: inner, to: copy) }
        default: return
        }
    }
}

/// How files in the user's worktree are reached from the stage.
///
/// Where the stage is mounted over the worktree's path, that path leads into the stage itself. So
/// links go by a path that leads to the original within the mount and outside of it.
struct Way {
    let worktree: FilePath
    /// The stage's own top folder.
    let stage: FilePath
    /// A link that leads to the worktree.
    let original: FilePath

    /// A path to a file of the user.
    func path(_ path: FilePath) -> FilePath {
        var below = path
        return below.removePrefix(worktree) ? original.pushing(below) : path
    }
}

/// A text in double quotes, as git reads it in configurations and lists.
func quoted(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let inner = bytes.flatMap { byte -> [UInt8] in
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
        case 10: Array("\\n".utf8)
        default: [byte]
        }
    }
    return [UInt8(ascii: "\"")] + inner + [UInt8(ascii: "\"")]
}
