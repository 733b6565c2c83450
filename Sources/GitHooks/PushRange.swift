internal import Git
package import GitIndex
package import Staging

/// The commits that a remote lacks: how many, and the known commits below them.
package struct PushRange {
    package var commits: Int
    /// The newest commits of the history that the remote has; none if it has no part of it.
    package var boundary: [ObjectID]

    /// Uses `git rev-list --boundary`, which also handles shallow and grafted histories.
    ///
    /// - Parameter known: commits that the remote and this clone have.
    package init(of commit: ObjectID, known: [ObjectID], _ git: GitProgram) throws {
        commits = 0
        boundary = []
        for line in try Self.list(["--boundary"], [commit], known, git) {
            if line.first == UInt8(ascii: "-") {
                if let commit = ObjectID(hex: String(decoding: line.dropFirst(), as: UTF8.self)) {
                    boundary.append(commit)
                }
            } else {
                commits += 1
            }
        }
    }

    /// Those of the commits that the remote lacks.
    static func lacking(
        _ commits: [ObjectID], known: [ObjectID], _ git: GitProgram
    ) throws -> Set<ObjectID> {
        let all = Set(commits)
        let listed = try list([], commits, known, git).compactMap {
            ObjectID(hex: String(decoding: $0, as: UTF8.self))
        }
        return all.intersection(listed)
    }

    private static func list(
        _ options: [String], _ commits: [ObjectID], _ known: [ObjectID], _ git: GitProgram
    ) throws -> [ArraySlice<UInt8>] {
        // Older versions of git take revisions but no options on standard input.
        let lines = commits.map(\.hex) + known.map { "^" + $0.hex } + [""]
        let input = Array(lines.joined(separator: "\n").utf8)
        let output = try git.run(
            ["rev-list"] + options + ["--stdin"], input: input, "list what the remote lacks")
        return output.split(separator: UInt8(ascii: "\n"))
    }
}
