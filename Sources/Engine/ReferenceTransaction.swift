internal import Configuration
internal import Files
internal import Git
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// What git asks before it moves references, whatever command does it: the strict protection of branches.
///
/// This is the one hook that also stops `commit -n`, cherry-pick, revert, rebase, fast-forward merges, `branch -f` and
/// `update-ref`. A protected branch may only follow its remote: to the tip of a remote-tracking reference, or forward
/// to a commit that one holds.
package struct ReferenceTransaction {
    private let context: Context
    private let state: String

    /// - Parameter state: what git is about to do; only `prepared` can be refused.
    package init(_ context: Context, state: String) {
        self.context = context
        self.state = state
    }

    /// Runs as the hook; `input` is all of its standard input.
    package func run(_ input: [UInt8]) throws -> ExitStatus {
        let moves = try Move.parse(input)
        guard state == "prepared", !moves.isEmpty else { return .fine }
        let repository = try Repository(at: context.folder)
        let rules = try ConfigurationFile.load(repository, for: .worktree).protect
        guard rules.strict else { return .fine }
        let protection = Protection(rules)
        for move in moves where protection.isProtected(move.branch) {
            guard try !isAllowed(move, repository) else { continue }
            throw StrictlyProtected(branch: move.branch, left: leftBehind(in: repository))
        }
        return .fine
    }

    /// One branch that is to hold another commit.
    private struct Move {
        var branch: String
        var new: ObjectID

        static func parse(_ input: [UInt8]) throws -> [Move] {
            let prefix = "refs/heads/"
            return try input.split(separator: UInt8(ascii: "\n")).compactMap { line in
                let fields = String(decoding: line, as: UTF8.self).split(
                    separator: " ", maxSplits: 2)
                guard fields.count == 3 else {
                    throw Failure(
                        message: "standard input is not what git tells reference-transaction",
                        exitStatus: .usage)
                }
                guard fields[2].hasPrefix(prefix) else { return nil }
                // Newer versions of git also name symbolic references, `ref:...`, which move no branch.
                guard let new = ObjectID(hex: fields[1]) else { return nil }
                return Move(branch: String(fields[2].dropFirst(prefix.count)), new: new)
            }
        }
    }

    private func isAllowed(_ move: Move, _ repository: Repository) throws -> Bool {
        // Git gives zeros as the old value when it does not matter; what counts is what the branch holds now.
        let now = try repository.resolve("refs/heads/\(move.branch)")
        if now == move.new { return true }
        if move.new.isZero { return now == nil }
        let tracked = try repository.references(matching: "refs/remotes/*").map(\.commit)
        if now == nil, tracked.isEmpty { return true }
        if tracked.contains(move.new) { return true }
        if let now, try !repository.isAncestor(now, of: move.new) { return false }
        return try tracked.contains { try repository.isAncestor(move.new, of: $0) }
    }

    /// What git leaves in the middle of when it is refused here, and the command that ends it.
    private func leftBehind(in repository: Repository) -> String? {
        let action =
            (context.environment["GIT_REFLOG_ACTION"] ?? "").split(separator: " ").first ?? ""
        let marks: [(file: FilePath, command: String)] = [
            ("rebase-merge", "git rebase --abort"), ("rebase-apply/applying", "git am --abort"),
            ("rebase-apply", "git rebase --abort"), ("CHERRY_PICK_HEAD", "git cherry-pick --abort"),
            ("REVERT_HEAD", "git revert --abort"), ("MERGE_HEAD", "git merge --abort"),
        ]
        for (file, command) in marks {
            let parent = repository.gitDirectory.pushing(file)
            if let folder = try? Folder(opening: parent.removingLastComponent()),
                (try? folder.status(parent.name)) ?? nil != nil
            {
                return command
            }
        }
        return action == "merge" || action == "pull" ? "git reset --merge" : nil
    }
}

/// A branch that only follows its remote was to be moved by something else.
struct StrictlyProtected: Explained {
    let branch: String
    let left: String?

    var message: String {
        "`\(safeName(branch.utf8))` is strictly protected: it only follows its remote"
    }
    var hints: [String] {
        let way =
            "`git switch -c NAME` and do it there; the branch gets it by a pull request and `git pull`"
        return left.map { ["`\($0)` clears what git leaves behind", way] } ?? [way]
    }
    var exitStatus: ExitStatus { .refused }
}
