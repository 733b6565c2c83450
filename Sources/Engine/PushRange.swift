internal import Git
internal import Staging

/// What a remote lacks of a commit: how many commits, and the known commits that they stand on.
struct PushRange {
    var commits: Int
    /// The newest commits of the history that the remote has; none when it has nothing of it.
    var boundary: [ObjectID]

    /// Stands on `git rev-list --boundary`, which also knows shallow and grafted histories.
    ///
    /// - Parameters:
    ///   - known: commits that the remote is known to have; those that are not here say nothing.
    ///   - remote: its remote-tracking references count as well; nil for a URL, which has none.
    init(
        of commit: ObjectID, known: [ObjectID], remote: String?, _ repository: Repository,
        _ git: GitProgram
    ) throws {
        // Older versions of git take revisions but no options on standard input.
        var lines = [commit.hex]
        for each in Set(known) where !each.isZero {
            if case .commit(let here) = try repository.peeled(each) { lines.append("^" + here.hex) }
        }
        if let remote {
            lines += try repository.references(matching: "refs/remotes/\(remote)/*").map {
                "^" + $0.commit.hex
            }
        }
        let input = Array((lines + [""]).joined(separator: "\n").utf8)
        let output = try git.run(
            ["rev-list", "--boundary", "--stdin"], input: input, "list what the remote lacks")
        commits = 0
        boundary = []
        for line in output.split(separator: UInt8(ascii: "\n")) {
            if line.first == UInt8(ascii: "-") {
                if let commit = ObjectID(hex: String(decoding: line.dropFirst(), as: UTF8.self)) {
                    boundary.append(commit)
                }
            } else {
                commits += 1
            }
        }
    }
}
