internal import Files
package import Git
internal import GitIndex
package import SystemPackage

/// Notices changes of the index while jobs run: after the hook git commits the index as it is then,
/// and not as it was checked.
package struct IndexWatch {
    private let repository: Repository
    /// The status of the index file before it was read.
    private let before: FileStatus?

    /// - Parameter repository: with an index that was not read yet.
    package init(_ repository: Repository) {
        self.repository = repository
        before = FileStatus.of(repository.indexPath)
    }

    /// Paths that git would commit with other content than was checked, or
    /// without a check.
    ///
    /// - Parameters:
    ///   - snapshot: the checked content.
    ///   - published: the fixes that the run itself staged.
    package func changedMeanwhile(
        _ snapshot: Snapshot, _ published: [Published]
    ) throws -> [FilePath] {
        guard FileStatus.of(repository.indexPath) != before else { return [] }
        var fixed: [FilePath: ObjectID] = [:]
        for each in published where each.staged { fixed[each.path] = each.blob }
        let checked = Self.changes(snapshot, fixed)
        let now = Self.changes(try repository.reopened().stagedSnapshot(), [:])
        let changed = Set(checked.keys).union(now.keys).filter { path in
            // A fix that undoes a staged change leaves an unchanged entry.
            now[path] != checked[path] && !(now[path] == nil && fixed[path] != nil)
        }
        return changed.sorted { $0.string < $1.string }
    }

    /// The expected content of a path; nil for a removed path.
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
