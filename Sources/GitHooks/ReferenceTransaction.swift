internal import Configuration
internal import Files
internal import Git
internal import GitIndex
package import Planning
package import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// The hook before git moves references, whatever command does it: the strict protection of
/// branches.
///
/// This is the only hook that also stops `commit -n`, cherry-pick, revert, rebase, fast-forward
/// merges, `branch -f` and `update-ref`. A protected branch may only follow its remote: move to the
/// tip of a remote-tracking reference, or forward to a commit that one contains.
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
        let here = try ConfigurationFile.load(repository, for: .worktree).protect
        for move in moves {
            // Git gives zeros as the old value if it does not matter; what counts is the current
            // value of the branch.
            let now = try repository.resolve("refs/heads/\(move.branch)")
            let isHere = isStrict(here, move.branch)
            guard isHere || now.map({ isStrict(by: $0, move.branch, repository) }) == true,
                try !isAllowed(move, from: now, repository)
            else { continue }
            throw StrictlyProtected(
                branch: move.branch, isOffHere: !isHere,
                left: try leftBehind(by: move, in: repository))
        }
        return .fine
    }

    private func isStrict(_ rules: Protect, _ branch: String) -> Bool {
        rules.strict && Protection(rules).isProtected(branch)
    }

    /// The configuration in the branch itself: the new value may already be checked out in the
    /// working tree.
    private func isStrict(
        by commit: ObjectID, _ branch: String, _ repository: Repository
    ) -> Bool {
        guard let catalogue = try? ConfigurationFile.load(repository, for: .commit(commit)) else {
            return false
        }
        return isStrict(catalogue.protect, branch)
    }

    /// One branch that is moved to another commit.
    private struct Move {
        var branch: String
        /// The old value that git expects; zero if any is accepted.
        var old: ObjectID
        var new: ObjectID

        static func parse(_ input: [UInt8]) throws -> [Move] {
            let prefix = "refs/heads/"
            return try input.split(separator: UInt8(ascii: "\n")).compactMap { line in
                let fields = String(decoding: line, as: UTF8.self).split(
                    separator: " ", maxSplits: 2)
                guard fields.count == 3 else {
                    throw Failure(
                        message: "standard input is not in the format of reference-transaction",
                        exitStatus: .usage)
                }
                guard fields[2].hasPrefix(prefix) else { return nil }
                // Newer versions of git also name symbolic references, `ref:...`, which move no
                // branch.
                guard let old = ObjectID(hex: fields[0]), let new = ObjectID(hex: fields[1]) else {
                    return nil
                }
                return Move(branch: String(fields[2].dropFirst(prefix.count)), old: old, new: new)
            }
        }
    }

    private func isAllowed(
        _ move: Move, from now: ObjectID?, _ repository: Repository
    ) throws -> Bool {
        if now == move.new { return true }
        if move.new.isZero {
            return try now == nil || now == move.old && isPacked(move, repository)
        }
        let tracked = try repository.references(matching: "refs/remotes/*")
        if now == nil, tracked.isEmpty { return true }
        let names = try repository.remotes().map { "refs/remotes/\($0.name)/\(move.branch)" }
        var counterparts = tracked.filter { names.contains($0.name) }.map(\.commit)
        // The upstream may be another branch of this clone, which is not protected.
        if let remote = repository.configuration("branch.\(move.branch).remote"), remote != ".",
            let upstream = repository.commit(named: "refs/heads/\(move.branch)@{upstream}")
        {
            counterparts.append(upstream)
        }
        if counterparts.contains(move.new) { return true }
        if let now, try !repository.isAncestor(now, of: move.new) { return false }
        return try tracked.contains { try repository.isAncestor(move.new, of: $0.commit) }
    }

    /// Whether only the loose file of a branch is removed, because `git pack-refs` has written it
    /// to `packed-refs`. To delete the branch git must remove it from there first, and calls the
    /// hook for that without an old value.
    private func isPacked(_ move: Move, _ repository: Repository) throws -> Bool {
        let packed = try contents(of: repository.commonDirectory.appending("packed-refs")) ?? []
        let line = Array("\(move.old.hex) refs/heads/\(move.branch)".utf8)
        return packed.split(separator: UInt8(ascii: "\n")).contains { $0.elementsEqual(line) }
    }

    /// The operation that a refusal leaves in progress, and the command that ends it.
    private func leftBehind(by move: Move, in repository: Repository) throws -> String? {
        let marks: [(file: FilePath, command: String)] = [
            ("rebase-merge", "git rebase --abort"), ("rebase-apply/applying", "git am --abort"),
            ("rebase-apply", "git rebase --abort"), ("CHERRY_PICK_HEAD", "git cherry-pick --abort"),
            ("REVERT_HEAD", "git revert --abort"), ("sequencer", "git revert --abort"),
            ("MERGE_HEAD", "git merge --abort"),
        ]
        let own = repository.gitDirectory
        for (file, command) in marks {
            let place = own.pushing(file)
            let folder = try? Folder(opening: place.removingLastComponent())
            if (try? folder?.status(place.name)) ?? nil != nil { return command }
        }
        // A revert of one commit leaves only its message and the files.
        let message = (try? contents(of: own.appending("MERGE_MSG"))) ?? nil
        if message?.starts(with: Array("Revert ".utf8)) == true { return "git reset --merge" }
        if move.new.isZero { return try lostBranch(repository) }
        return try hasMovedFiles(to: move.new, repository) ? try wayBack(repository) : nil
    }

    /// `git branch -M A B` removes A before the hook is called for B, and loses it if it is
    /// refused. Its log still exists.
    private func lostBranch(_ repository: Repository) throws -> String? {
        let log = repository.commonDirectory.appending("logs/refs/.tmp-renamed-log")
        let last = ((try? contents(of: log)) ?? nil)?.split(separator: UInt8(ascii: "\n")).last
        let fields = (last ?? []).split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard fields.count > 1,
            let commit = ObjectID(hex: String(decoding: fields[1], as: UTF8.self)),
            try !repository.references(matching: "refs/heads/*").contains(where: {
                $0.commit == commit
            })
        else { return nil }
        let head = try repository.head()
        let name = head.commit == nil ? head.branch ?? "NAME" : "NAME"
        return "git branch \(safeName(name.utf8)) \(commit.hex)"
    }

    /// Whether git has read an existing commit into the index, as `reset`, `checkout -B`
    /// and fast-forward merges do before they call the hook. What the user staged for a new commit
    /// looks the same, but no reference holds that.
    private func hasMovedFiles(to new: ObjectID, _ repository: Repository) throws -> Bool {
        guard !new.isZero, try repository.stagedChanges(against: new).isEmpty,
            try !repository.stagedChanges(against: try repository.head().commit).isEmpty
        else { return false }
        return try repository.references(matching: "refs/*").contains {
            try repository.isAncestor(new, of: $0.commit)
        }
    }

    /// `git reset` alone has moved the index but not the files; the others have moved both.
    private func wayBack(_ repository: Repository) throws -> String {
        let staged = try repository.stagedChanges(against: try repository.head().commit)
        let unstaged = Set(try repository.unstagedChanges().map(\.entry.path))
        let untracked = Set(try repository.untrackedFiles())
        let isMixed = staged.contains {
            unstaged.contains($0.entry.path) || untracked.contains($0.entry.path)
        }
        return isMixed ? "git reset" : "git reset --merge"
    }
}

/// A refused move of a strictly protected branch.
struct StrictlyProtected: Explained {
    let branch: String
    /// Whether only the configuration in the branch protects it, and that of the working tree no
    /// longer does.
    let isOffHere: Bool
    let left: String?

    var message: String {
        "`\(safeName(branch.utf8))` is strictly protected: it only follows its remote"
    }
    var hints: [String] {
        let way =
            "`git switch -c NAME` and do it there; then merge through a pull request, and `git pull`"
        let off = "`hooks install` removes this protection, because `strict` is off here now"
        return (left.map { ["`\($0)` cleans up what git leaves behind"] } ?? []) + [way]
            + (isOffHere && left == nil ? [off] : [])
    }
    var exitStatus: ExitStatus { .refused }
}
