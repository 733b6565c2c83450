internal import Workplaces

/// Splits files into groups that are worked on at the same time, each by one process after the
/// other.
enum Shards {
    /// No group has fewer files, because another process would cost more to start than it saves.
    static let leastFiles = 8

    /// Groups of neighbouring files with about the same number of bytes, as positions.
    ///
    /// - Parameters:
    ///   - most: never more groups than this.
    ///   - least: no group has fewer files.
    static func split(
        _ files: [FileState], most: Int, least: Int = leastFiles
    ) -> [[Int]] {
        let count = max(1, min(most, files.count / max(1, least)))
        guard count > 1 else { return files.isEmpty ? [] : [Array(files.indices)] }
        // What a file costs a tool does not go below some hundred bytes.
        let costs = files.map { $0.now.count + 500 }
        let share = costs.reduce(0, +) / count + 1
        var groups: [[Int]] = [[]]
        var filled = 0
        for (position, cost) in costs.enumerated() {
            if filled >= share, groups.count < count {
                groups.append([])
                filled = 0
            }
            groups[groups.count - 1].append(position)
            filled += cost
        }
        return groups
    }
}
