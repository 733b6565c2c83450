package import Files
package import SystemPackage

/// Folders in the user's cache that each belong to one worktree, and to one run while it uses them.
///
/// Beside each are its lock and a note with its worktree, so that those of worktrees that are
/// gone can be found.
package struct Place {
    /// The name of the folder.
    package let name: FilePath
    package let lock: Lock
    /// Whether no run has used it before.
    package let isNew: Bool

    private static let note = ".worktree"
    /// The largest number of runs at the same time.
    private static let most = 100

    /// Takes a folder that no other run uses; it is created if it is missing.
    ///
    /// - Parameters:
    ///   - key: a short, stable name for a worktree and a purpose.
    ///   - kind: their kind, such as "overlays".
    package static func take(
        _ key: String, of worktree: FilePath, in home: borrowing Folder, kind: String
    ) throws -> Place {
        for number in 0..<most {
            let name = FilePath("\(key)-\(number)")
            guard let lock = try Lock(FilePath("\(name.string).lock"), in: home) else { continue }
            let note = FilePath(name.string + note)
            let isNew = try home.makeNewFolder(name, mode: 0o700)
            if (try? home.read(note).content) != worktree.bytes {
                try home.replace(note, content: worktree.bytes, permissions: 0o600)
            }
            return Place(name: name, lock: lock, isNew: isNew)
        }
        throw OverlayFailure(
            message:
                "too many runs at the same time: a hundred use the \(kind) in \(home.path.string)")
    }

    /// How long a run removes what others left behind; the next one goes on with it.
    private static let patience = Duration.milliseconds(300)

    /// Removes the folders of worktrees that are gone, as many as can be removed in a short time. A
    /// folder that is in use, or that cannot be removed, stays.
    package static func sweep(_ home: borrowing Folder) {
        let deadline = ContinuousClock.now + patience
        for note in (try? home.names()) ?? [] where note.string.hasSuffix(Self.note) {
            guard let content = try? home.read(note).content else { continue }
            let worktree = FilePath(bytes: content)
            guard let above = try? Folder(opening: worktree.removingLastComponent()) else {
                remove(note, in: home, before: deadline)
                continue
            }
            if let status = try? above.status(worktree.name), status.kind == .folder { continue }
            remove(note, in: home, before: deadline)
        }
    }

    /// Removes the folders of a kind that no release makes any more; one that is in use stays.
    ///
    /// They have locks, and some of them no note of their worktree.
    package static func removeFormer(_ kind: FilePath, in caches: FilePath) {
        guard let home = try? Folder(opening: caches.pushing(kind)) else { return }
        var locks: [Lock] = []
        for name in (try? home.names()) ?? [] where name.extension == "lock" {
            // Another release may be at work there.
            guard let lock = try? Lock(name, in: home) else { return }
            locks.append(lock)
        }
        _ = try? Folder(opening: caches).removeTree(kind, before: ContinuousClock.now + patience)
        withExtendedLifetime(locks) {}
    }

    private static func remove(
        _ note: FilePath, in home: borrowing Folder, before deadline: ContinuousClock.Instant
    ) {
        if ContinuousClock.now > deadline { return }
        let name = String(note.string.dropLast(Self.note.count))
        guard let lock = try? Lock(FilePath("\(name).lock"), in: home) else { return }
        guard (try? home.removeTree(FilePath(name), before: deadline)) == true else { return }
        try? home.remove(note)
        withExtendedLifetime(lock) {}
    }
}
