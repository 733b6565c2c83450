internal import Git
internal import GitHooks
internal import GitIndex
internal import Notation
internal import Reporting
internal import Spawn
internal import Staging

/// Where a branch is pushed to: a remote, and the branch of the same name there.
struct Destination {
    /// The name of the remote.
    var remote: String
    /// The branch, with the same name on both sides.
    var branch: String
    /// Whether the branch already has that of the remote as its upstream.
    var isUpstream: Bool
    /// The commit of the remote-tracking reference; nil if there is none.
    var tracked: ObjectID?

    /// - Throws: a `Failure` if there is no remote, or several and none is configured.
    init(of branch: String, in repository: Repository) throws {
        self.branch = branch
        let remotes = try repository.remotes().map(\.name)
        func setting(_ name: String) -> String? { repository.configuration(name) }
        let upstream = setting("branch.\(branch).remote")
        let wanted =
            setting("branch.\(branch).pushRemote") ?? setting("remote.pushDefault") ?? upstream
        guard !remotes.isEmpty else {
            throw Failure(
                message: "there is no remote to push to",
                hints: [
                    "`git remote add origin URL`, or `hooks ship --dry-run` to run everything else"
                ], exitStatus: .usage)
        }
        let only = remotes.count == 1 ? remotes.first : nil
        let found = wanted ?? (remotes.contains("origin") ? "origin" : only)
        guard let remote = found, remotes.contains(remote) else {
            let names = remotes.map { "`\(safeName($0.utf8))`" }.joined(separator: ", ")
            throw Failure(
                message: "no remote is configured for this branch, and there are several: \(names)",
                hints: ["`git config branch.\(branch).remote NAME` chooses one"], exitStatus: .usage
            )
        }
        self.remote = remote
        isUpstream =
            upstream == remote && setting("branch.\(branch).merge") == "refs/heads/\(branch)"
        tracked = try repository.resolve("refs/remotes/\(remote)/\(branch)")
    }

    /// `origin/topic`, safe to print.
    var title: String { "\(safeName(remote.utf8))/\(safeName(branch.utf8))" }

    /// How the pushed branch gets to a protected branch of the remote; nil if there is none, or if
    /// the branch itself is protected.
    func landing(
        _ head: ObjectID?, _ protection: Protection, in repository: Repository
    ) throws -> Landing? {
        guard let head, !protection.isProtected(branch) else { return nil }
        let prefix = "refs/remotes/\(remote)/"
        let goals = try repository.references(matching: prefix + "*")
            .filter { protection.isProtected(String($0.name.dropFirst(prefix.count))) }
        let usual = ["main", "master"].compactMap { name in
            goals.first { $0.name == prefix + name }
        }
        guard let goal = usual.first ?? goals.first else { return nil }
        let address = repository.configuration("remote.\(remote).url") ?? ""
        return Landing(
            branch: branch, goal: String(goal.name.dropFirst(prefix.count)),
            isThere: try repository.isAncestor(head, of: goal.commit),
            request: address.contains("gitlab") ? "merge request" : "pull request")
    }

    /// Refuses what the remote would refuse, as far as this clone can tell.
    func checkNotDiverged(_ head: ObjectID?, in repository: Repository) throws {
        guard let head, let tracked, try !repository.isAncestor(tracked, of: head) else { return }
        throw Failure(
            message: "\(title) has commits that `\(safeName(branch.utf8))` lacks",
            hints: ["`git pull --rebase --autostash`, then ship again"], exitStatus: .conflict)
    }

    /// Pushes; git calls the pre-push hook.
    ///
    /// - Returns: the remote's messages, line by line.
    func push(_ git: GitProgram) throws(PushFailure) -> [String] {
        let upstream = isUpstream ? [] : ["--set-upstream"]
        let reference = "refs/heads/\(branch)"
        let result = git.runAttached(
            ["push", "--porcelain"] + upstream + [remote, "\(reference):\(reference)"])
        guard result.code == 0 else { throw PushFailure(result, to: title) }
        return safeLines(result.errors).filter { $0.hasPrefix("remote:") }
            .map { $0.dropFirst("remote:".count).trimmingBlanks() }.filter { !$0.isEmpty }
    }
}

/// How a pushed branch gets to a protected branch.
struct Landing {
    var branch: String
    /// The protected branch.
    var goal: String
    /// Whether it has all commits already.
    var isThere: Bool
    /// The service's name for a request: pull request or merge request.
    var request: String

    /// The next step, in one line.
    var advice: String {
        let (branch, goal) = (safeName(branch.utf8), safeName(goal.utf8))
        return isThere
            ? "nothing: `\(goal)` has all of it"
            : "open a \(request) from `\(branch)` into `\(goal)`"
    }
}

/// The remote, or the hook, refused a push.
struct PushFailure: Explained {
    let message: String
    let hints: [String]
    let exitStatus: ExitStatus
    /// What the remote and the hook said, and of git's own words what `message` does not hold.
    let words: [String]

    init(_ result: DirectResult, to title: String) {
        // What git advises is for `git push`.
        var words = safeLines(result.errors).filter { line in
            !line.hasPrefix("hint:") && !line.hasPrefix("error: failed to push some refs")
        }.map { $0.hasPrefix("note: ") ? String($0.dropFirst(6)) : $0 }
        // `!<tab>from:to<tab>[rejected] (fetch first)`
        let line = safeLines(result.output).first { $0.hasPrefix("!") } ?? ""
        let start = line.firstIndex(of: "[")
        let reason = start.map { String(line[$0...]) }
        if let reason, reason.hasPrefix("[remote rejected]") {
            (message, exitStatus) = ("\(title) was refused by the remote: \(reason)", .refused)
            hints = ["its answer is above; `hooks ship` pushes again"]
        } else if let reason {
            (message, exitStatus) = ("\(title) was not pushed: \(reason)", .conflict)
            hints = ["`git pull --rebase`, then `hooks ship` pushes"]
        } else {
            let last = words.lastIndex { $0.hasPrefix("fatal:") || $0.hasPrefix("error:") }
            let isHook = result.code == 1
            let own = isHook ? "the pre-push hook refused it" : "git was killed"
            message = "\(title) was not pushed: \(last.map { words.remove(at: $0) } ?? own)"
            exitStatus = isHook ? .failed : .broken
            hints = ["`hooks ship` pushes again"]
        }
        self.words = words
    }
}
