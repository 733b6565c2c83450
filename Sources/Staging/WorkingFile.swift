package import Files
internal import Git
internal import Glibc
package import SystemPackage

/// The result for one working file.
package enum WorkingOutcome: Equatable, Sendable {
    /// It has the fixed content now, byte for byte.
    case replaced(FileStatus)
    /// It has the fix, merged with the user's own lines.
    case merged
    /// It already had the fixed content.
    case asItWas
    /// There is no regular file: deleted, replaced by a folder or a link, or never checked out.
    case absent
    /// The user and the fix changed the same lines; the user's file was not changed.
    case overlapping
    /// It was edited during the run; it was not changed.
    case changedMeanwhile
    /// The system does not allow to read or replace it, for this reason; it was not changed.
    case unwritable(FileError)
}

/// Writes a fix to a working file without losing a byte of the user's.
///
/// First it is decided what the file is to hold. That content is then written to a folder that the
/// user does not see, and swapped with the working file in one step. What comes out of the swap is
/// compared with what was read: if somebody wrote the file in between, it is swapped back. The
/// previous bytes stay in that folder. A new file never takes the place of another one.
struct WorkingFile {
    let path: FilePath
    /// The content that the fixers were given, as a checkout would write it; nil for a new file.
    let before: [UInt8]?
    /// What the fixers made of it; nil when it is to be removed.
    let after: [UInt8]?
    /// The working file when the run began.
    let atStart: FileStatus?
    /// Whether the working file may differ from `before`, because the index has its own version of
    /// it.
    let merges: Bool
    /// Whether a new file can be run.
    var isExecutable = false

    /// The decision about the working file.
    enum Decision {
        /// Nothing, and why.
        case leave(WorkingOutcome)
        /// Content that replaces what was read.
        case swap(Swap)
        /// A new file.
        case make([UInt8])
        /// The file goes.
        case remove

        /// What the file is to hold, if there is to be one.
        var content: [UInt8]? {
            switch self {
            case .leave, .remove: nil
            case .swap(let swap): swap.content
            case .make(let content): content
            }
        }
    }

    struct Swap {
        let content: [UInt8]
        let current: [UInt8]
        let status: FileStatus
        /// Whether it contains lines of the user that are nowhere else, not even in the index.
        let isMerged: Bool
    }

    /// Reads the working file and decides.
    func decide(top: borrowing Folder) throws -> Decision {
        let current: [UInt8]
        let status: FileStatus
        do throws(FileError) {
            (current, status) = try top.folder(path.removingLastComponent()).read(path.name)
        } catch {
            guard Self.meansAbsent.contains(error.code) else { return .leave(.unwritable(error)) }
            guard before == nil, let after else { return .leave(.absent) }
            return error.code == .noSuchFileOrDirectory
                ? .make(after) : .leave(.changedMeanwhile)
        }
        if current == after { return .leave(.asItWas) }
        guard let before else { return .leave(.changedMeanwhile) }
        guard let after else {
            return current == before ? .remove : .leave(.changedMeanwhile)
        }
        if current == before {
            return .swap(Swap(content: after, current: current, status: status, isMerged: false))
        }
        guard merges, let atStart, status.isUntouched(since: atStart) else {
            return .leave(.changedMeanwhile)
        }
        let style = LineEndings(alikeIn: current)
        guard
            let merged = try merged(
                base: style.applied(to: before), ours: current, theirs: style.applied(to: after))
        else { return .leave(.overlapping) }
        if merged == current { return .leave(.asItWas) }
        return .swap(Swap(content: merged, current: current, status: status, isMerged: true))
    }

    /// Replaces the content; the previous bytes are `backup` in `store` afterwards.
    func carryOut(
        _ swap: Swap, top: borrowing Folder, store: borrowing Folder, backup: FilePath
    ) throws -> WorkingOutcome {
        guard let parent = try? top.folder(path.removingLastComponent()) else {
            return .changedMeanwhile
        }
        guard let made = try carryOut(swap, in: parent, store, backup) else {
            return .changedMeanwhile
        }
        if swap.isMerged { return .merged }
        // If another program saved the file since, that version stays, and git must notice it.
        guard let now = try parent.status(path.name), now.hasSameContent(as: made) else {
            return .changedMeanwhile
        }
        return .replaced(now)
    }

    /// The status of the new file; nil if the file was no longer the one that was read: it is
    /// then as its last writer left it.
    private func carryOut(
        _ swap: Swap, in parent: borrowing Folder, _ store: borrowing Folder, _ backup: FilePath
    ) throws -> FileStatus? {
        let made = try store.create(
            backup, content: swap.content, permissions: swap.status.permissions,
            ownedLike: swap.status, isDurable: swap.isMerged)
        do {
            try store.exchange(backup, with: parent, path.name)
        } catch  where Self.cannotSwap.contains(error.code) {
            return try carryOutNearby(swap, in: parent, store, backup)
        } catch {
            try? store.remove(backup)
            if error.code == .noSuchFileOrDirectory { return nil }
            throw error
        }
        if let old = try? store.read(backup), old.content == swap.current { return made }
        try store.exchange(backup, with: parent, path.name)
        return nil
    }

    /// The errors of the system if there is no regular file.
    private static let meansAbsent: Set<Errno> = [
        .noSuchFileOrDirectory, .notDirectory, .isDirectory, .tooManySymbolicLinkLevels,
        .noSuchAddressOrDevice,
    ]

    /// The errors of the system across two file systems, or on one that cannot swap names.
    static let cannotSwap: Set<Errno> = [
        .improperLink, .invalidArgument, .noFunction, .notSupported,
    ]

    /// Replaces the file on a file system that cannot swap names: the old bytes are copied first,
    /// and the new file is made beside the old one and renamed over it.
    private func carryOutNearby(
        _ swap: Swap, in parent: borrowing Folder, _ store: borrowing Folder, _ backup: FilePath
    ) throws -> FileStatus? {
        try store.replace(backup, content: swap.current, permissions: swap.status.permissions)
        let temporary = FilePath(".hooks-\(getpid())-\(backup.string).tmp")
        do {
            let made = try parent.create(
                temporary, content: swap.content, permissions: swap.status.permissions,
                ownedLike: swap.status, isDurable: swap.isMerged)
            if let again = try? parent.read(path.name), again.content == swap.current {
                try parent.rename(temporary, into: parent, as: path.name)
                return made
            }
            try parent.remove(temporary)
            return nil
        } catch {
            try? parent.remove(temporary)
            throw error
        }
    }
}

extension WorkingFile {
    /// Makes the new file, with all of its content at once.
    private func make(
        _ content: [UInt8], top: borrowing Folder, store: borrowing Folder, _ backup: FilePath
    ) throws -> WorkingOutcome {
        let parent: Folder
        do throws(FileError) {
            parent = try top.folder(path.removingLastComponent(), create: true)
        } catch {
            return Self.meansAbsent.contains(error.code) ? .changedMeanwhile : .unwritable(error)
        }
        let mask = umask(0)
        umask(mask)
        let permissions = (isExecutable ? 0o777 : 0o666) & ~mask
        do throws(FileError) {
            let name = FilePath("new-\(backup.string)")
            try store.create(name, content: content, permissions: permissions)
            defer { try? store.remove(name) }
            try store.hardLink(name, into: parent, as: path.name)
        } catch {
            if error.code == .fileExists { return .changedMeanwhile }
            guard error.isUnsupported || Self.cannotSwap.contains(error.code) else { throw error }
            try parent.create(path.name, content: content, permissions: permissions)
        }
        guard let made = try parent.status(path.name) else { return .changedMeanwhile }
        return .replaced(made)
    }

    /// Takes the file away; it is `backup` in `store` afterwards.
    private func remove(
        top: borrowing Folder, store: borrowing Folder, _ backup: FilePath
    ) throws -> WorkingOutcome {
        let parent = try top.folder(path.removingLastComponent())
        let (content, status) = try parent.read(path.name)
        guard content == before else { return .changedMeanwhile }
        do throws(FileError) {
            try parent.rename(path.name, into: store, as: backup)
        } catch {
            guard Self.cannotSwap.contains(error.code) else { throw error }
            try store.create(backup, content: content, permissions: status.permissions)
            try parent.remove(path.name)
        }
        return .absent
    }

    /// Does what was decided.
    fileprivate func carryOut(
        _ decision: Decision, top: borrowing Folder, store: borrowing Folder, _ backup: FilePath
    ) throws -> WorkingOutcome {
        switch decision {
        case .leave(let outcome): outcome
        case .swap(let swap):
            try carryOut(swap, top: top, store: store, backup: backup)
        case .make(let content): try make(content, top: top, store: store, backup)
        case .remove: try remove(top: top, store: store, backup)
        }
    }
}

extension UndoLog {
    /// Writes all files as one run of the log. The outcomes have the order of the files.
    func bringIn(_ files: [WorkingFile], top: borrowing Folder) throws -> [WorkingOutcome] {
        var outcomes: [WorkingOutcome] = []
        var decisions: [(position: Int, decision: WorkingFile.Decision)] = []
        for (position, file) in files.enumerated() {
            let decision = try file.decide(top: top)
            if case .leave(let outcome) = decision {
                outcomes.append(outcome)
            } else {
                outcomes.append(.changedMeanwhile)
                decisions.append((position, decision))
            }
        }
        guard !decisions.isEmpty else { return outcomes }
        let store = try begin(
            decisions.map { position, decision in
                Change(
                    path: files[position].path, content: decision.content,
                    isNew: files[position].before == nil)
            })
        for (number, (position, decision)) in decisions.enumerated() {
            do {
                outcomes[position] = try files[position].carryOut(
                    decision, top: top, store: store, FilePath(String(number)))
            } catch let error as FileError {
                // If one file cannot be replaced, the others and the index must not stay
                // half done.
                outcomes[position] = .unwritable(error)
            }
        }
        return outcomes
    }

    /// Replaces a whole file that the user named, as a separate run of the
    /// log: `hooks undo` restores the old bytes.
    ///
    /// - Parameter before: the content of the file when it was read.
    package func replace(
        _ path: FilePath, holding before: [UInt8], with after: [UInt8]
    ) throws -> WorkingOutcome {
        let file = WorkingFile(
            path: path, before: before, after: after, atStart: nil, merges: false)
        let outcomes = try bringIn([file], top: try Folder(opening: repository.worktree))
        return outcomes.first ?? .absent
    }
}
