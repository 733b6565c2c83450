internal import Files
package import Git
internal import GitIndex
internal import Glibc
package import SystemPackage

/// The bytes that fixes replaced in working files, kept in the git directory: one folder per run,
/// the newest ones only.
///
/// No objects and refs are used, so nothing of it appears in `git log --all` or in a
/// push.
package struct UndoLog {
    /// Beyond this number, runs that are older than ten minutes are removed.
    private static let keptRuns = 20
    private static let keptSeconds: Int64 = 14 * 24 * 3600

    let repository: Repository

    package init(_ repository: Repository) {
        self.repository = repository
    }

    private func folder() throws -> Folder {
        try Folder(private: repository.worktreeState, create: true)
            .folder("undo", create: true, mode: 0o700)
    }

    /// What a run is going to do with one file.
    struct Change {
        var path: FilePath
        /// What the file is to hold; nil when it goes.
        var content: [UInt8]?
        /// Whether there is no such file before.
        var isNew: Bool
    }

    /// One line of a run's list: the file, and its fixed content.
    struct Record {
        var path: FilePath
        /// The blob name of the content that the fix left in the working file; nil when it left none.
        var after: ObjectID?
        /// Whether there was no such file before.
        var isNew = false
    }

    /// Creates the folder of a new run, with the list of its planned changes, and removes old
    /// ones.
    func begin(_ changes: [Change]) throws -> Folder {
        let records = try changes.map {
            Record(
                path: $0.path, after: try $0.content.map { try repository.name(of: $0) },
                isNew: $0.isNew)
        }
        let folder = try folder()
        let runs = try runs(folder)
        try dropOld(runs, folder)
        var number = (runs.last.flatMap { Int($0.string) } ?? 0) + 1
        // Another run may use the number at the same time.
        while try !folder.makeNewFolder(FilePath(String(number)), mode: 0o700) { number += 1 }
        let run = try folder.folder(FilePath(String(number)))
        try run.create("list", content: Self.encode(records), permissions: 0o600)
        return run
    }

    /// The numbered folders, oldest first.
    private func runs(_ folder: borrowing Folder) throws -> [FilePath] {
        try folder.names().filter { Int($0.string) != nil }
            .sorted { (Int($0.string) ?? 0) < (Int($1.string) ?? 0) }
    }

    private func dropOld(_ runs: [FilePath], _ folder: borrowing Folder) throws {
        let now = Int64(time(nil))
        for (position, run) in runs.enumerated() {
            let age = try folder.status(run).map { now - $0.modified.seconds } ?? 0
            // A recent run may still be active.
            let isSurplus = position < runs.count - Self.keptRuns + 1 && age > 600
            if isSurplus || age > Self.keptSeconds {
                // Another run may be removing it too.
                try? folder.removeTree(run)
            }
        }
    }

    /// `blob NUL path NUL` for each record; the backup of the n-th is the file named n. A new file
    /// has `+` in front of its blob, and one that is gone `-` in the place of it.
    private static func encode(_ records: [Record]) -> [UInt8] {
        records.flatMap { record in
            let after = record.after.map { (record.isNew ? "+" : "") + $0.hex } ?? "-"
            return Array(after.utf8) + [0] + record.path.bytes + [0]
        }
    }

    private static func decode(_ bytes: [UInt8]) -> [Record] {
        let fields = bytes.split(separator: 0)
        return stride(from: 0, to: fields.count - 1, by: 2).map { position in
            let text = String(decoding: fields[position], as: UTF8.self)
            let isNew = text.hasPrefix("+")
            return Record(
                path: FilePath(bytes: fields[position + 1]),
                after: ObjectID(hex: isNew ? String(text.dropFirst()) : text), isNew: isNew)
        }
    }

    /// The result of `undo` for one file.
    package enum Outcome: Equatable, Sendable {
        case restored
        /// Changed since the fix; its previous bytes are in this file.
        case changedSince(backup: FilePath)
    }

    /// Restores what the last run replaced. A file that changed since is not restored.
    ///
    /// The run is removed from the log if every file was restored. The bytes that are
    /// replaced now are logged in turn, so that a second `undo` applies the fix again.
    package func undoLast() throws -> [(path: FilePath, outcome: Outcome)] {
        let folder = try folder()
        while let last = try runs(folder).last {
            let run = try folder.folder(last)
            // A run that was killed at its start has no list, and replaced nothing.
            let list = try run.status("list") == nil ? [] : run.read("list").content
            let outcomes = try undo(run, Self.decode(list))
            if outcomes.allSatisfy({ $0.outcome == .restored }) { try folder.removeTree(last) }
            if !outcomes.isEmpty { return outcomes }
        }
        return []
    }

    private func undo(
        _ run: borrowing Folder, _ records: [Record]
    ) throws -> [(path: FilePath, outcome: Outcome)] {
        let top = try Folder(opening: repository.worktree)
        var outcomes: [(path: FilePath, outcome: Outcome)] = []
        var files: [WorkingFile] = []
        for (position, record) in records.enumerated() {
            let backup = run.path.appending(String(position))
            let kept = try? run.read(FilePath(String(position)))
            switch try wayBack(record, kept, top) {
            case .none: break
            case .closed: outcomes.append((record.path, .changedSince(backup: backup)))
            case .open(let file): files.append(file)
            }
        }
        for (file, outcome) in zip(files, try bringIn(files, top: top)) {
            switch outcome {
            case .replaced: outcomes.append((file.path, .restored))
            case .absent where file.after == nil: outcomes.append((file.path, .restored))
            default: outcomes.append((file.path, .changedSince(backup: run.path)))
            }
        }
        return outcomes
    }

    private enum WayBack {
        /// The file was never touched, or is back already.
        case none
        /// Somebody has changed the file since.
        case closed
        case open(WorkingFile)
    }

    /// - Parameter kept: what the file held.
    private func wayBack(
        _ record: Record, _ kept: (content: [UInt8], status: FileStatus)?, _ top: borrowing Folder
    ) throws -> WayBack {
        let parent = try? top.folder(record.path.removingLastComponent())
        let now = try? parent?.read(record.path.name)
        func file(_ before: [UInt8]?, _ after: [UInt8]?) -> WayBack {
            .open(
                WorkingFile(
                    path: record.path, before: before, after: after, atStart: now?.status,
                    merges: false, isExecutable: kept?.status.isExecutable == true))
        }
        if record.isNew {
            guard let now else { return .none }
            let isAsMade = try repository.name(of: now.content) == record.after
            return isAsMade ? file(now.content, nil) : .closed
        }
        guard let old = kept?.content else { return .none }
        guard let after = record.after else {
            guard let now else { return file(nil, old) }
            return now.content == old ? .none : .closed
        }
        // With the fixed content still in the backup, the file was never replaced.
        if try repository.name(of: old) == after { return .none }
        guard let now, try repository.name(of: now.content) == after else { return .closed }
        return file(now.content, old)
    }
}
