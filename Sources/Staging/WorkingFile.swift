package import Files
internal import Git
internal import SystemPackage

/// What became of one working file.
package enum WorkingOutcome: Equatable, Sendable {
    /// It holds the fixed content now, byte for byte.
    case replaced(FileStatus)
    /// It holds the fix, merged with the user's own lines.
    case merged
    /// It already was what it should be.
    case asItWas
    /// There is no regular file: deleted, replaced by a folder or a link, or never checked out.
    case absent
    /// The user's lines and the fix meet on the same lines; the user's file was left alone.
    case overlapping
    /// Somebody changed it during the run; it was left alone.
    case changedMeanwhile
}

/// Brings a fix into a working file without losing a byte of the user's.
///
/// The new content is written to `store`, a folder that the user does not see, and then swapped with the working file
/// in one step. What comes out of the swap is compared with what was read: if somebody wrote the file in between, it
/// is swapped back. The previous bytes stay in `store` under `backup`.
struct WorkingFile {
    let path: FilePath
    /// The content that the fixers were given, as a checkout would write it.
    let before: [UInt8]
    /// What the fixers made of it.
    let after: [UInt8]
    /// The working file when the run began.
    let atStart: FileStatus?

    /// Whether the working file may differ from `before`: the index has its own version of it.
    let merges: Bool

    func bringIn(
        top: borrowing Folder, store: borrowing Folder, backup: FilePath
    ) throws -> WorkingOutcome {
        guard let parent = try? top.folder(path.removingLastComponent()),
            let found = try? parent.read(path.name)
        else { return .absent }
        let (current, status) = found
        if current == after { return .asItWas }
        if current == before {
            let outcome = try swap(current, status, for: after, in: parent, store: store, backup: backup)
            return try finish(outcome, in: parent)
        }
        guard merges, let atStart, status.isUntouched(since: atStart) else { return .changedMeanwhile }
        guard let merged = try merged(base: before, ours: current, theirs: after) else { return .overlapping }
        if merged == current { return .asItWas }
        let swapped = try swap(current, status, for: merged, in: parent, store: store, backup: backup)
        return swapped ? .merged : .changedMeanwhile
    }

    private func finish(_ swapped: Bool, in parent: borrowing Folder) throws -> WorkingOutcome {
        guard swapped, let status = try parent.status(path.name) else { return .changedMeanwhile }
        return .replaced(status)
    }

    /// False when the file was no longer the one that was read; it is then as its last writer left it.
    private func swap(
        _ current: [UInt8], _ status: FileStatus, for content: [UInt8], in parent: borrowing Folder,
        store: borrowing Folder, backup: FilePath
    ) throws -> Bool {
        try store.create(backup, content: content, permissions: status.permissions)
        store.adoptOwner(of: status, backup)
        do {
            try store.exchange(backup, with: parent, path.name)
        } catch where error.code == .improperLink || error.code == .invalidArgument
            || error.code == .noFunction || error.code == .notSupported
        {
            return try swapNearby(current, for: content, status, in: parent, store: store, backup: backup)
        } catch {
            try? store.remove(backup)
            throw error
        }
        if let old = try? store.read(backup), old.content == current { return true }
        try store.exchange(backup, with: parent, path.name)
        return false
    }

    /// The same where the two folders are on different file systems, or theirs cannot swap names: the old bytes are
    /// copied first, and the new file is made beside the old one and renamed over it.
    private func swapNearby(
        _ current: [UInt8], for content: [UInt8], _ status: FileStatus, in parent: borrowing Folder,
        store: borrowing Folder, backup: FilePath
    ) throws -> Bool {
        try store.replace(backup, content: current, permissions: status.permissions)
        let temporary = FilePath(".\(backup.string).hooks-new")
        try parent.remove(temporary)
        try parent.create(temporary, content: content, permissions: status.permissions)
        parent.adoptOwner(of: status, temporary)
        guard let again = try? parent.read(path.name), again.content == current else {
            try parent.remove(temporary)
            return false
        }
        try parent.rename(temporary, into: parent, as: path.name)
        return true
    }
}
