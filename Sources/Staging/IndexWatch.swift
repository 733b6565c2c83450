internal import Files
package import Git
internal import GitIndex
package import SystemPackage

/// Notices what is staged while jobs run: after the hook git commits the index as it is then, and
/// not as it was checked.
package struct IndexWatch {
    private let repository: Repository
    /// The index file before it was read.
    private let before: FileStatus?

    /// - Parameter repository: with an index that was not read yet.
    package init(_ repository: Repository) {
        self.repository = repository
        before = FileStatus.of(repository.indexPath)
    }

    /// Paths that git would commit otherwise than they were checked, or that it would commit
    /// unchecked.
    ///
    /// - Parameters:
    ///   - snapshot: what was checked.
    ///   - published: what the run itself staged.
    package func changedMeanwhile(
        _ snapshot: Snapshot, _ published: [Published]
    ) throws -> [FilePath] {
        guard FileStatus.of(repository.indexPath) != before else { return [] }
        var fixed: [FilePath: ObjectID] = [:]
        for each in published where each.staged { fixed[each.path] = each.blob }
        let checked = Self.changes(snapshot, fixed)
        let now = Self.changes(try repository.reopened().stagedSnapshot(), [:])
        let changed = Set(checked.keys).union(now.keys).filter { path in
            // A fix that undoes what was staged leaves an entry that is no change any more.
            now[path] != checked[path] && !(now[path] == nil && fixed[path] != nil)
        }
        return changed.sorted { $0.string < $1.string }
    }

    /// What a path is to hold; a removed one holds nothing.
    private enum Content: Equatable {
        case entry(EntryMode, ObjectID)
        case removed
    }

    private static func changes(
        _ snapshot: Snapshot, _ fixed: [FilePath: ObjectID]
    ) -> [FilePath: Content] {
        var changes: [FilePath: Content] = [:]
        for file in snapshot.files + snapshot.others {
            let entry = file.entry
            changes[entry.path] = .entry(entry.mode, fixed[entry.path] ?? entry.blob)
        }
        for path in snapshot.deleted { changes[path] = .removed }
        return changes
    }
}
