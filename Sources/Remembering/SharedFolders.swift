internal import Files
internal import Planning
internal import SystemPackage

/// The ignored folders that a job shares with the working tree, as far as its result depends on
/// them.
struct SharedFolders {
    private let names: [String]
    private let worktree: FilePath
    /// With more files than this there is no result.
    private static let most = 20_000

    init(_ names: [String], in worktree: FilePath) {
        self.names = names
        self.worktree = worktree
    }

    /// A line for each file: path, size and time. nil if there are too many.
    ///
    /// Environments of packages are left out: a tool is identified by the packages beside it.
    var fingerprint: [String]? {
        var lines: [String] = []
        for name in names where !Job.usuallyShared.contains(name) {
            lines.append(name)
            guard let top = try? Folder(opening: worktree) else { continue }
            guard add(FilePath(name), in: top, to: &lines) else { return nil }
        }
        return lines
    }

    private func add(
        _ path: FilePath, in top: borrowing Folder, to lines: inout [String]
    ) -> Bool {
        guard let folder = try? top.folder(path), let entries = try? folder.names() else {
            return true
        }
        for name in entries {
            guard let status = try? folder.status(name) else { continue }
            if status.kind == .folder {
                guard add(path.pushing(name), in: top, to: &lines) else { return false }
            } else {
                guard lines.count < Self.most else { return false }
                lines.append("\(path.pushing(name).string) \(status.size) \(status.modified)")
            }
        }
        return true
    }
}
