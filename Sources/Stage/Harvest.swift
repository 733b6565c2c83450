internal import Files
internal import Git
internal import GitIndex
internal import Staging
package import SystemPackage

/// The changes to the files of a stage since it was laid.
package struct Harvest: Sendable {
    /// A tracked file that differs from what was laid.
    package struct Change: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            /// It has other content, or became executable or not executable.
            case written(content: [UInt8], isExecutable: Bool)
            /// It is a link now, with its target.
            case linked(FilePath)
            case removed
            /// A folder, or something that git does not store, has replaced it.
            case replaced
        }

        package let path: FilePath
        package let kind: Kind
    }

    /// In the order of the index.
    package internal(set) var changes: [Change] = []
    /// New files that git does not ignore.
    package internal(set) var new: [FilePath] = []

    /// Whether no file was written at all, not even with the same content.
    var isUntouched = true

    package var isEmpty: Bool { changes.isEmpty && new.isEmpty }
}

extension StageTree {
    /// Compares every tracked file with what was laid: its change time, inode and size to the
    /// nanosecond, and where they differ its content and mode. Git itself compares whole seconds,
    /// and misses changes.
    ///
    /// The stage's own `.git` is not used.
    mutating func harvest() throws -> Harvest {
        var harvest = Harvest()
        let (suspects, isUntouched) = try suspects()
        harvest.isUntouched = isUntouched
        let folder = try Folder(opening: root)
        try withLaid { laid in
            for path in suspects {
                guard let kind = try Self.change(of: path, in: folder, &laid) else { continue }
                harvest.changes.append(Harvest.Change(path: path, kind: kind))
            }
        }
        harvest.new = try newNames()
        return harvest
    }

    /// Files whose status differs, or is not conclusive; and whether there are none of the first.
    private func suspects() throws -> (paths: [FilePath], isUntouched: Bool) {
        guard let laid else { return ([], true) }
        var files = try OpenedFolder(root)
        var suspects: [FilePath] = []
        var isUntouched = true
        let index = laid.record.index
        for position in 0..<index.count
        where !index.isSkipped(position) && index.mode(position) != .submodule {
            let noted = index.stat(position)
            if noted != .unknown {
                let status = index.withName(position) { name, _ in files.status(at: name) }
                let isSame = (status ?? nil)?.isUntouched(since: noted) == true
                if isSame, !laid.record.isDoubtful(noted) { continue }
                if !isSame { isUntouched = false }
            }
            let path = index.filePath(position)
            // A cache that was committed by mistake is written by every run.
            if path.components.contains(where: { Self.isCache($0) }) { continue }
            if laid.replaced[path] == nil, laid.content.removed.contains(path) {
                if files.status(path) == nil { continue }
            }
            suspects.append(path)
        }
        suspects += laid.replaced.keys.filter { index.position(at: $0) == nil }
            .sorted { $0.string < $1.string }
        return (suspects, isUntouched)
    }

    private static func isCache(_ name: FilePath.Component) -> Bool {
        caches.contains(FilePath(root: nil, [name]))
    }

    /// How a file differs; nil if only its status does.
    private static func change(
        of path: FilePath, in top: borrowing Folder, _ laid: inout Laid
    ) throws -> Harvest.Change.Kind? {
        let index = laid.record.index
        let position = index.position(at: path)
        let replaced = laid.replaced[path]
        let mode = replaced?.mode ?? position.flatMap { index.mode($0) }
        let wasRemoved = replaced == nil && laid.content.removed.contains(path)
        guard let folder = try? top.folder(path.removingLastComponent()),
            let status = try folder.status(path.name)
        else { return wasRemoved ? nil : .removed }
        switch status.kind {
        case .folder, .other: return .replaced
        case .symbolicLink:
            let target = try folder.target(of: path.name)
            let blob = replaced?.blob ?? position.map { index.content($0) }
            let isSame =
                mode == .symbolicLink && !wasRemoved && ObjectID(blob: target.bytes) == blob
            return isSame ? nil : .linked(target)
        case .regular:
            let content = try folder.read(path.name).content
            let isExecutable = status.isExecutable
            let change = Harvest.Change.Kind.written(content: content, isExecutable: isExecutable)
            if wasRemoved || mode == .symbolicLink { return change }
            guard isExecutable == (mode == .executable) else { return change }
            if let replaced { return replaced.blob == ObjectID(blob: content) ? nil : change }
            guard let position, let mode = index.mode(position) else { return change }
            let entry = Entry(path: path, mode: mode, blob: index.content(position))
            if try !laid.filter.mayFilter(path) {
                return ObjectID(blob: content) == entry.blob ? nil : change
            }
            return try laid.workingContent(of: entry).content == content ? nil : change
        }
    }

    /// Files in changed folders that were not laid.
    private func newNames() throws -> [FilePath] {
        guard let laid else { return [] }
        var found: [FilePath] = []
        let top = try Folder(opening: root)
        var statuses = try OpenedFolder(root)
        for (path, mark) in laid.record.folders.sorted(by: { $0.key.string < $1.key.string }) {
            let status = path.isEmpty ? try top.status(".") : statuses.status(path)
            guard let status, Record.Mark(status) != mark, status.kind == .folder else { continue }
            guard let folder = try? top.folder(path) else { continue }
            for name in try folder.names() {
                let full = path.pushing(name)
                if laid.isExpected(full) { continue }
                try collect(full, in: folder, laid, &found)
            }
        }
        return found
    }

    /// The largest number of new files that are reported.
    private static let mostNew = 10_000

    private func collect(
        _ path: FilePath, in folder: borrowing Folder, _ laid: Laid, _ found: inout [FilePath]
    ) throws {
        guard found.count < Self.mostNew, let status = try folder.status(path.name) else { return }
        guard status.kind == .folder else {
            if !laid.view.isIgnored(path) { found.append(path) }
            return
        }
        // A repository that a job created cannot be committed as files.
        guard !laid.view.isIgnored(FilePath(path.string)), !Self.caches.contains(path.name) else {
            return
        }
        let inner = try folder.folder(path.name)
        for name in try inner.names() where name != Self.gitFolder {
            try collect(path.pushing(name), in: inner, laid, &found)
        }
    }

    /// Marks the stage as clean, if nothing changed, so that the next run need not check it; new
    /// files of jobs are removed.
    mutating func seal(_ harvest: Harvest) throws {
        guard let laid, harvest.changes.isEmpty, harvest.isUntouched else { return }
        let mode = TreeWriter.folderMode
        let top = try Folder(opening: root)
        var statuses = try OpenedFolder(root)
        for (path, mark) in laid.record.folders {
            let status = path.isEmpty ? try top.status(".") : statuses.status(path)
            guard let status, status.kind == .folder, status.permissions & 0o777 == mode else {
                return
            }
            if Record.Mark(status) == mark { continue }
            let folder = try top.folder(path)
            for name in try folder.names() where !laid.isExpected(path.pushing(name)) {
                try folder.removeTree(name)
            }
        }
        let marks = try marks(of: Array(laid.record.folders.keys))
        try Record.seal(marks, in: Folder(opening: beside))
    }
}

extension StageTree.Laid {
    /// Whether a name does not come from a job.
    func isExpected(_ path: FilePath) -> Bool {
        path == StageTree.gitFolder || StageTree.caches.contains(path.name)
            || beside.contains(path) || replaced[path] != nil || record.index.holds(path)
    }
}
