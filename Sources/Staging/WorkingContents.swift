internal import Files
package import Git
internal import Spawn
internal import SystemPackage

extension ContentFilter {
    /// The contents of entries as a checkout would write them, by position.
    ///
    /// Where nothing is converted, the working file is mostly the staged content, and its hash
    /// proves it. To read it costs a third of what it costs to unpack the object, and all cores can
    /// do it.
    ///
    /// - Parameter cores: how many files are read at the same time.
    package func workingContents(of entries: [Entry], cores: Int) throws -> [[UInt8]] {
        var folder: (path: FilePath, isPlain: Bool)?
        let isPlain = try entries.map { entry in
            let parent = entry.path.removingLastComponent()
            if folder?.path != parent { folder = (parent, try !mayFilter(entry.path)) }
            return folder?.isPlain == true
        }
        let plain = entries.indices.filter { isPlain[$0] }
        let found = Self.proven(plain.map { entries[$0] }, repository.worktree, cores)
        var contents = [[UInt8]?](repeating: nil, count: entries.count)
        for (position, content) in zip(plain, found) { contents[position] = content }
        return try zip(entries, contents).map { entry, content in
            try content ?? workingContent(of: entry)
        }
    }

    /// Below this many files a second thread costs more than it saves.
    private static let leastFiles = 32

    /// The working files that hold what their entries say; nil for the others.
    private static func proven(
        _ entries: [Entry], _ worktree: FilePath, _ cores: Int
    ) -> [[UInt8]?] {
        let share = max(leastFiles, (entries.count + cores - 1) / cores)
        let starts = stride(from: 0, to: entries.count, by: share)
        let parts = starts.map { Array(entries[$0..<min($0 + share, entries.count)]) }
        if parts.count < 2 { return parts.first.map { proven($0, worktree) } ?? [] }
        let found = waiting(cancellable: false) {
            await withTaskGroup(of: (Int, [[UInt8]?]).self) { group in
                for (number, part) in parts.enumerated() {
                    group.addTask { (number, proven(part, worktree)) }
                }
                var all = [[[UInt8]?]](repeating: [], count: parts.count)
                for await (number, contents) in group { all[number] = contents }
                return all.flatMap { $0 }
            }
        }
        return found ?? [[UInt8]?](repeating: nil, count: entries.count)
    }

    /// Larger files are left to the object store.
    private static let largest = 8 << 20

    private static func proven(_ entries: [Entry], _ worktree: FilePath) -> [[UInt8]?] {
        guard var folders = try? OpenedFolder(worktree) else { return entries.map { _ in nil } }
        var contents: [[UInt8]?] = []
        for entry in entries {
            let content = folders.with(entry.path.removingLastComponent()) { folder in
                (try? folder.read(entry.path.name, atMost: largest))?.content
            }
            let isProven = content.map { ObjectID(blob: $0) == entry.blob } ?? false
            contents.append(isProven ? content : nil)
        }
        return contents
    }
}
