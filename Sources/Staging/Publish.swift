internal import Files
package import Git
package import GitIndex
package import Spawn
package import SystemPackage

/// A file that the fixers changed or made.
package struct Fix: Sendable {
    package var file: SnapshotFile
    /// The content that the fixers were given, as a checkout would write it; nil when there was no
    /// such file.
    package var before: [UInt8]?
    /// What they made of it.
    package var after: [UInt8]

    package init(file: SnapshotFile, before: [UInt8]?, after: [UInt8]) {
        self.file = file
        self.before = before
        self.after = after
    }
}

/// The result of publishing one fix.
package struct Published: Sendable {
    package var path: FilePath
    package var working: WorkingOutcome
    /// The blob of the fix; nil if it does not go into the index.
    package var blob: ObjectID?
    /// Whether the index has the fix now; false if the entry changed during the run, or fixes do
    /// not go there.
    package var staged: Bool
}

/// Writes fixes to where the snapshot came from: blobs first, then working files, then the index,
/// once.
///
/// A kill in between leaves unreferenced blobs, or working files that already have the fix;
/// the next run finds the same fixes again and ends in the same state.
package struct Publisher {
    private let repository: Repository
    private let filter: ContentFilter
    private let environment: ProcessEnvironment

    package init(
        _ repository: Repository, filter: ContentFilter, environment: ProcessEnvironment
    ) {
        self.repository = repository
        self.filter = filter
        self.environment = environment
    }

    /// Publishes the fixes of one run.
    ///
    /// - Throws: `IndexFailure` if the index is locked or cannot be written; the working files
    ///   then have the fixes.
    package func publish(_ fixes: [Fix], to source: Source) throws -> [Published] {
        guard !fixes.isEmpty else { return [] }
        let index = IndexUpdate(repository, environment: environment)
        if source.stagesFixes { try index.awaitUnlocked() }
        repository.heedDurability()
        let blobs =
            try source.stagesFixes ? fixes.map { try filter.store($0.after, at: $0.file.path) } : []
        let outcomes = try bringIntoWorktree(fixes, merging: source.stagesFixes)
        var published = fixes.indices.map { position in
            Published(
                path: fixes[position].file.path, working: outcomes[position],
                blob: blobs.isEmpty ? nil : blobs[position], staged: false)
        }
        guard source.stagesFixes else { return published }
        var positions: [Int] = []
        var replacements: [EntryReplacement] = []
        for (position, fix) in fixes.enumerated() {
            var status: FileStatus?
            if case .replaced(let new) = outcomes[position] { status = new }
            // The user has a file of that name by now, which git does not track.
            if fix.before == nil, status == nil, outcomes[position] != .asItWas { continue }
            positions.append(position)
            replacements.append(
                EntryReplacement(entry: fix.file.entry, blob: blobs[position], working: status))
        }
        let staged = try index.replace(replacements)
        for (position, isStaged) in zip(positions, staged) {
            published[position].staged = isStaged
        }
        return published
    }

    private func bringIntoWorktree(_ fixes: [Fix], merging: Bool) throws -> [WorkingOutcome] {
        let files = fixes.map { fix in
            WorkingFile(
                path: fix.file.path, before: fix.before, after: fix.after,
                atStart: fix.file.working, merges: merging,
                isExecutable: fix.file.entry.mode == .executable)
        }
        return try UndoLog(repository).bringIn(files, top: try Folder(opening: repository.worktree))
    }
}
