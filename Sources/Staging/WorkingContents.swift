internal import Files
internal import Git
package import GitIndex
internal import Spawn
internal import SystemPackage

extension ContentFilter {
    /// The contents of entries as a checkout would write them, by position.
    ///
    /// If nothing is converted, the working file is mostly the staged content, and its hash
    /// proves it. Reading it costs a third of unpacking the object, and all cores can
    /// do it.
    ///
    /// - Parameters:
    ///   - cores: how many files are read at the same time.
    ///   - isDone: whether a content, passed with its position, is no longer needed.
    /// - Returns: nil for content that is no longer needed.
    package func workingContents(
        of entries: [Entry], cores: Int,
        isDone: @escaping @Sendable (Int, [UInt8]) -> Bool = { _, _ in false }
    ) throws -> [[UInt8]?] {
        let isPlain = try entries.map { try !mayFilter($0.path) }
        let plain = entries.indices.filter { isPlain[$0] }
        let reading = Reading(
            entries: plain.map { ($0, entries[$0]) }, worktree: repository.worktree, isDone: isDone)
        var found = [Reading.Found](repeating: .differs, count: entries.count)
        for (position, each) in zip(plain, reading.all(cores)) { found[position] = each }
        return try zip(entries, found).map { entry, found in
            switch found {
            case .content(let content): content
            case .done: nil
            case .differs: try workingContent(of: entry)
            }
        }
    }
}

/// Reads working files that may be the same as what is staged.
private struct Reading: Sendable {
    enum Found: Sendable {
        case content([UInt8])
        /// It is the same as the entry, and no longer needed.
        case done
        /// It differs from the entry, or cannot be read.
        case differs
    }

    /// Each with its position among all.
    let entries: [(position: Int, entry: Entry)]
    let worktree: FilePath
    let isDone: @Sendable (Int, [UInt8]) -> Bool

    /// Below this many files a second thread costs more than it saves.
    private static let leastFiles = 32

    /// The contents of the working files, in the order of the entries.
    func all(_ cores: Int) -> [Found] {
        let share = max(Self.leastFiles, (entries.count + cores - 1) / cores)
        let starts = stride(from: 0, to: entries.count, by: share)
        let parts = starts.map { $0..<min($0 + share, entries.count) }
        if parts.count < 2 { return parts.first.map(read) ?? [] }
        let found = waiting(cancellable: false) {
            await withTaskGroup(of: (Int, [Found]).self) { group in
                for (number, part) in parts.enumerated() { group.addTask { (number, read(part)) } }
                var all = [[Found]](repeating: [], count: parts.count)
                for await (number, found) in group { all[number] = found }
                return all.flatMap { $0 }
            }
        }
        return found ?? entries.map { _ in .differs }
    }

    /// Larger files are left to the object store.
    private static let largest = 8 << 20

    private func read(_ part: Range<Int>) -> [Found] {
        guard var folders = try? OpenedFolder(worktree) else { return part.map { _ in .differs } }
        return entries[part].map { position, entry in
            guard let content = folders.content(of: entry.path, atMost: Self.largest),
                ObjectID(blob: content) == entry.blob
            else { return .differs }
            if isDone(position, content) { return .done }
            return .content(content)
        }
    }
}
