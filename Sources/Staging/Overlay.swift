package import Files
internal import Glibc
package import Reporting
package import SystemPackage

/// A private folder with the staged content for tools, surrounded by links to the working
/// tree.
///
/// Files that were written here are regular files; every other name of the folders that hold them
/// is a symbolic link to the working tree, at the highest folder possible. There is a `.git` that
/// is empty, so that tools which look for the top of a repository stop here; no git command can
/// work in it.
package final class Overlay: JobFolder {
    /// The folder that represents the top of the working tree.
    package let root: FilePath
    /// A folder for temporary files of the jobs.
    package let temporary: FilePath
    private let worktree: FilePath
    private let lock: Lock

    /// Names that are never linked: git's own folder, and caches, which tools would otherwise write
    /// into the working tree.
    private static let unlinked: Set<FilePath> = [
        ".git", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__",
    ]

    /// Takes the overlay of a worktree; while another run uses it, the next one.
    ///
    /// - Parameter places: where the user's overlays lie.
    package init(of worktree: FilePath, in places: PlaceHome) throws {
        let home = try places.folder(for: worktree, kind: "overlays")
        let key = Self.key(of: worktree)
        let taken = try Place.take(key, of: worktree, in: home, kind: "overlays")
        if taken.isNew { Place.sweep(home) }
        let folder = try home.folder(taken.name)
        try folder.removeTree("tmp")
        try folder.makeFolder("tmp", mode: 0o700)
        let name = worktree.lastComponent.map { FilePath(root: nil, [$0]) } ?? "root"
        let way: FilePath = "work"
        for each in try folder.names() where each != way && each != "tmp" {
            try folder.removeTree(each)
        }
        try folder.makeFolder(way, mode: 0o700)
        let above = Above(worktree, home: places.home)
        let work = try above.lay(in: folder.folder(way), hasFolders: false)
        // A job can put anything in the place of what it was given to work in.
        if try work.status(name)?.kind != .folder { try work.removeTree(name) }
        try work.makeFolder(name, mode: 0o700)
        try work.folder(name).makeFolder(".git", mode: 0o700)
        root = work.path.pushing(name)
        temporary = home.path.pushing(taken.name).appending("tmp")
        self.worktree = worktree
        lock = taken.lock
    }

    /// Creates the folder and its parents; the last one only for the user.
    package static func privateFolder(_ path: FilePath) throws -> Folder {
        let folder = try Folder(making: path, mode: 0o700)
        guard let status = try folder.status("."), status.owner == geteuid(),
            status.permissions & 0o022 == 0
        else {
            throw OverlayFailure(
                message: "\(path.string) belongs to another user, or others can write to it")
        }
        // The user's caches may be in a working tree: `git status` must not show ours.
        let everything = Array("*\n".utf8)
        if try folder.status(".gitignore")?.size != Int64(everything.count) {
            // Another run may do the same, and a killed run may have left half of the file.
            try folder.remove(".gitignore")
            do { try folder.create(".gitignore", content: everything, permissions: 0o600) } catch {
                if error.code != .fileExists { throw error }
            }
        }
        return folder
    }

    /// A short name for a worktree that stays the same.
    package static func key(of worktree: FilePath) -> String {
        String(stableHash(worktree.bytes), radix: 36)
    }

    /// Writes the files, leaves out the absent paths, and links everything around them.
    ///
    /// - Returns: the status of each written file, by position, to detect later whether a tool
    ///   changed it.
    package func lay(
        _ files: [OverlayFile], absent: [FilePath]
    ) throws -> [FileStatus?] {
        var tree = Node()
        for (position, file) in files.enumerated() { tree.insert(file.path, .file(position)) }
        let top = try Folder(opening: worktree)
        for path in absent {
            // If the folder is gone, or became a file, there is nothing to leave out.
            guard (try? top.folder(path.removingLastComponent())) != nil else { continue }
            tree.insert(path, .absent)
        }
        var statuses = [FileStatus?](repeating: nil, count: files.count)
        try Self.lay(tree, in: try Folder(opening: root), from: worktree, files, &statuses)
        return statuses
    }

    private static func lay(
        _ node: Node, in folder: borrowing Folder, from original: FilePath?, _ files: [OverlayFile],
        _ statuses: inout [FileStatus?]
    ) throws {
        // Without a folder's names the jobs would see other files, and have other results:
        // the run must fail.
        let around = try original.map { try Folder(opening: $0).names() } ?? []
        let wanted = Set(around.filter { node.children[$0] == nil && !unlinked.contains($0) })
        let kept = try tidy(folder, node, wanted, linkedTo: original)
        for (name, child) in node.children {
            switch child.place {
            case .absent: continue
            case .file(let position):
                let file = files[position]
                if file.isLink {
                    try folder.link(name, to: FilePath(bytes: file.content))
                    continue
                }
                let made = try folder.create(
                    name, content: file.content, permissions: file.isExecutable ? 0o700 : 0o600)
                // If times cannot be set, caches work as in any other folder.
                let isSet = (try? folder.setModified(name, to: file.time)) != nil
                statuses[position] = isSet ? try folder.status(name) : made
            case .folder:
                try folder.makeFolder(name, mode: 0o700)
                let below = original.flatMap { parent in
                    // A folder that was replaced by a link or a file has no names.
                    (try? Folder(opening: parent).status(name))?.kind == .folder
                        ? parent.pushing(name) : nil
                }
                try lay(child, in: try folder.folder(name), from: below, files, &statuses)
            }
        }
        guard let original else { return }
        for name in wanted where !kept.contains(name) {
            try folder.link(name, to: original.pushing(name))
        }
    }

    /// Removes leftovers of an earlier run in a folder, except caches, folders that are needed
    /// again, and correct links: creating a link costs more than reading it.
    ///
    /// - Returns: the existing links.
    private static func tidy(
        _ folder: borrowing Folder, _ node: Node, _ wanted: Set<FilePath>,
        linkedTo original: FilePath?
    ) throws -> Set<FilePath> {
        var kept: Set<FilePath> = []
        for name in try folder.names() where !unlinked.contains(name) {
            let kind = try folder.status(name)?.kind
            if kind == .folder, case .folder? = node.children[name]?.place { continue }
            if kind == .symbolicLink, wanted.contains(name), let original,
                try folder.target(of: name) == original.pushing(name)
            {
                kept.insert(name)
            } else {
                try folder.removeTree(name)
            }
        }
        return kept
    }

    /// Removes the files, so that nothing of the user's content stays behind.
    package func clear(_ laid: [FilePath]) {
        for path in laid { try? folder(of: path).remove(path.name) }
    }
}

/// Why there is no overlay to work in.
package struct OverlayFailure: Explained {
    package let message: String
    package var hints: [String] { ["set XDG_CACHE_HOME to a folder that only you can write to"] }
    package var exitStatus: ExitStatus { .broken }
}

/// A file to lay into an overlay.
package struct OverlayFile: Sendable {
    package var path: FilePath
    package var content: [UInt8]
    package var isExecutable: Bool
    /// Whether it is a symbolic link, whose content is its target.
    package var isLink: Bool

    package init(path: FilePath, content: [UInt8], isExecutable: Bool, isLink: Bool = false) {
        self.path = path
        self.content = content
        self.isExecutable = isExecutable
        self.isLink = isLink
    }

    /// A time that depends on the content: caches of tools identify a file by its size and its
    /// second, and the overlay's files may be of the same second.
    fileprivate var time: FileStatus.Instant {
        FileStatus.Instant(
            seconds: 1_000_000_000 + Int64(stableHash(content) >> 32) % 600_000_000, nanoseconds: 0)
    }
}

/// The folders that must be real, as a tree of names.
private struct Node {
    enum Kind {
        case folder
        case file(Int)
        case absent
    }

    var kind = Kind.folder
    var children: [FilePath: Node] = [:]

    var isFile: Bool { if case .file = kind { true } else { false } }

    /// The files to lay. A file may replace a deleted folder, and a folder a deleted
    /// file.
    var place: Kind {
        if case .absent = kind, !children.isEmpty { return .folder }
        return kind
    }

    mutating func insert(_ path: FilePath, _ kind: Kind) {
        insert(path.components.map { FilePath(root: nil, [$0]) }[...], kind)
    }

    private mutating func insert(_ names: ArraySlice<FilePath>, _ kind: Kind) {
        // A file that replaced a folder has nothing below it.
        if isFile { return }
        guard let first = names.first else {
            self.kind = kind
            return
        }
        children[first, default: Node()].insert(names.dropFirst(), kind)
    }
}

extension Overlay {
    /// Files and folders that differ from what was laid: written by a job.
    ///
    /// - Parameters:
    ///   - laid: every file that was laid.
    ///   - absent: the paths that were left out; their folders exist.
    package func strays(beside laid: [FilePath], absent: [FilePath]) throws -> [FilePath] {
        var tree = Node()
        for path in laid { tree.insert(path, .file(0)) }
        for path in absent { tree.insert(path, .absent) }
        var found: [FilePath] = []
        try Self.collectStrays(tree, in: try Folder(opening: root), at: "", &found)
        return found
    }

    private static func collectStrays(
        _ node: Node, in folder: borrowing Folder, at path: FilePath, _ found: inout [FilePath]
    ) throws {
        for name in try folder.names() where !unlinked.contains(name) {
            let status = try folder.status(name)
            if let child = node.children[name], status?.kind == .folder, !child.children.isEmpty {
                try collectStrays(
                    child, in: try folder.folder(name), at: path.pushing(name), &found)
            } else if node.children[name]?.isFile != true, status?.kind != .symbolicLink {
                found.append(path.pushing(name))
            }
        }
    }
}
