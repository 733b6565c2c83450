internal import Files
internal import Git
internal import GitIndex
internal import Reporting
internal import SystemPackage

/// Ignored files beside those of a project: environments, extension
/// modules, generated files.
struct Ignored {
    let repository: Repository
    let way: Way
    /// Names without tracked files that are linked whatever their size.
    let share: [FilePath]
    /// Where a name is found that the working tree lacks, as in a linked worktree.
    let spare: FilePath?

    /// Programs must be able to write their own files, such as the metadata of a package: so
    /// folders of at most this size are copied.
    private static let mostBytes: Int64 = 4 << 20
    private static let mostFiles = 200

    /// In folders without a tracked file no more names than these are looked at.
    private static let mostUntracked = 5_000

    /// Ignored names in the working tree.
    func names(beside entries: IndexMap) throws -> [FilePath] {
        var found: [FilePath] = []
        var untracked = 0
        let top = try Folder(opening: repository.worktree)
        let folders = entries.folders
        let tracked = Set(folders)
        for folder in folders {
            guard let opened = try? top.folder(folder) else { continue }
            for name in try opened.names() where !Self.isNeverTaken(name) {
                let path = folder.pushing(name)
                if tracked.contains(path) || entries.position(at: path) != nil { continue }
                if repository.isIgnored(path), !entries.holds(path) {
                    found.append(path)
                } else {
                    // Perhaps it has files that are only announced (`add -N`).
                    try collect(path, in: opened, &found, &untracked)
                }
            }
        }
        return found
    }

    /// Ignored names in a folder that has no tracked file.
    private func collect(
        _ path: FilePath, in parent: borrowing Folder, _ found: inout [FilePath],
        _ looked: inout Int
    ) throws {
        guard looked < Self.mostUntracked, try parent.status(path.name)?.kind == .folder,
            let folder = try? parent.folder(path.name), let names = try? folder.names(),
            // A repository of its own is not this project's.
            !names.contains(StageTree.gitFolder)
        else { return }
        for name in names where !Self.isNeverTaken(name) {
            looked += 1
            let inner = path.pushing(name)
            if repository.isIgnored(inner) {
                found.append(inner)
            } else {
                try collect(inner, in: folder, &found, &looked)
            }
        }
    }

    private static func isNeverTaken(_ name: FilePath) -> Bool {
        name == StageTree.gitFolder || name == ".pytest_cache" || StageTree.caches.contains(name)
    }

    /// Copies or links the names into the stage, and returns those that exist.
    func lay(_ names: [FilePath], _ writer: inout TreeWriter) throws -> Set<FilePath> {
        let top = try Folder(opening: repository.worktree)
        var laid: Set<FilePath> = []
        for name in names where !share.contains(name) {
            guard let parent = try? top.folder(name.removingLastComponent()),
                let status = try parent.status(name.name)
            else { continue }
            if isSmall(name.name, status, in: parent) {
                try copy(name.name, status, in: parent, to: name, &writer)
            } else {
                _ = try writer.link(
                    name, to: way.path(repository.worktree.pushing(name)).bytes, at: nil)
            }
            laid.insert(name)
        }
        for name in share {
            guard let place = try place(of: name, in: top) else { continue }
            _ = try writer.link(name, to: way.path(place).bytes, at: nil)
            laid.insert(name)
        }
        return laid
    }

    /// Where a shared name is; nil if it does not exist.
    private func place(of name: FilePath, in top: borrowing Folder) throws -> FilePath? {
        if let parent = try? top.folder(name.removingLastComponent()),
            try parent.status(name.name) != nil
        {
            return repository.worktree.pushing(name)
        }
        guard let spare, let main = try? Folder(opening: spare),
            let parent = try? main.folder(name.removingLastComponent()),
            try parent.status(name.name) != nil
        else { return nil }
        return spare.pushing(name)
    }

    private func isSmall(
        _ name: FilePath, _ status: FileStatus, in folder: borrowing Folder
    ) -> Bool {
        var (files, bytes) = (0, 0 as Int64)
        return Self.count(name, status, in: folder, &files, &bytes)
    }

    /// False if it is too large, or cannot be copied.
    private static func count(
        _ name: FilePath, _ status: FileStatus, in folder: borrowing Folder, _ files: inout Int,
        _ bytes: inout Int64
    ) -> Bool {
        files += 1
        bytes += status.size
        guard files <= mostFiles, bytes <= mostBytes else { return false }
        switch status.kind {
        case .regular, .symbolicLink: return true
        case .other: return false
        case .folder:
            guard let inner = try? folder.folder(name), let names = try? inner.names() else {
                return false
            }
            return names.allSatisfy { each in
                guard let status = (try? inner.status(each)) ?? nil else { return true }
                return count(each, status, in: inner, &files, &bytes)
            }
        }
    }

    private func copy(
        _ name: FilePath, _ status: FileStatus, in folder: borrowing Folder, to path: FilePath,
        _ writer: inout TreeWriter
    ) throws {
        switch status.kind {
        case .regular:
            // It may be gone by now, or not be readable for this user.
            guard let found = try? folder.read(name) else { return }
            _ = try writer.write(
                path, found.content, isExecutable: found.status.isExecutable,
                at: found.status.modified)
        case .symbolicLink:
            guard let target = try? folder.target(of: name) else { return }
            _ = try writer.link(path, to: target.bytes, at: status.modified)
        case .folder:
            _ = try writer.makeFolder(path)
            let inner = try folder.folder(name)
            for each in try inner.names() {
                guard let status = try inner.status(each) else { continue }
                try copy(each, status, in: inner, to: path.pushing(each), &writer)
            }
        case .other: return
        }
    }
}

/// A line for a list of ignored files that matches only this path.
///
/// The pattern of a folder, such as `gen/`, does not match a link of that name.
func pattern(for path: FilePath) -> [UInt8] {
    let special = Array("*?[\\ #!".utf8)
    let inner = path.bytes.flatMap { byte in
        special.contains(byte) ? [UInt8(ascii: "\\"), byte] : [byte]
    }
    return [UInt8(ascii: "/")] + inner
}
