package import Configuration
package import Git
package import GitIndex
internal import Notation
internal import Reporting
package import Staging
internal import SystemPackage

/// What a commit is compared with: the commit where its branch left the protected branch.
package struct Comparison: Sendable {
    /// The commit from which the branch started; nil if there is none, as for a first commit.
    package fileprivate(set) var base: ObjectID?
    /// The tips of the protected branches in this clone.
    package fileprivate(set) var tips: [ObjectID] = []
    /// Whether the commit belongs to a protected branch itself; then it is compared with its
    /// parent.
    package fileprivate(set) var isProtected = false
    /// Whether it has no commit in common with a protected branch, although its whole history is in
    /// this clone.
    package fileprivate(set) var isUnrelated = false
    /// The allowances in the messages of the branch: `Reverts: <commit>`, `Removes: <name>`,
    /// `Changes: <name>`, and git's own words for a revert; each as it is written, sorted.
    package private(set) var allowances: [String] = []
    /// Why there is no base, although nothing is missing.
    fileprivate(set) var nothing: String?
    /// Why there is no base, if this clone lacks some of the history.
    fileprivate(set) var gap: Failure?
    /// Why the history before the base is incomplete, if this clone lacks some of it.
    fileprivate(set) var cut: Failure?

    /// - Parameter commit: the tip of the branch.
    package init(
        of commit: ObjectID, _ repository: Repository, _ rules: Protect, _ git: GitProgram
    ) throws {
        self = try ComparisonSearch(repository: repository, rules: rules).start(of: commit)
        guard let base else { return }
        let log = try git.run(
            ["log", "--format=%B", "^" + base.hex, commit.hex, "--"],
            "read the messages of the branch")
        allowances = Self.allowances(in: log)
    }

    fileprivate init() {}

    /// How many commits of the protected branch are checked for replaced content.
    package static let depth = 200

    private static func allowances(in log: [UInt8]) -> [String] {
        var found: Set<String> = []
        for line in log.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            for (start, kind) in [
                ("Reverts:", "Reverts"), ("Removes:", "Removes"),
                ("Changes:", "Changes"), ("This reverts commit", "Reverts"),
            ] where text.lowercased().hasPrefix(start.lowercased()) {
                for word in text.dropFirst(start.count).split(whereSeparator: {
                    " ,\t".contains($0)
                }) {
                    let name = word.hasSuffix(".") ? word.dropLast() : word
                    found.insert("\(kind): \(name)")
                }
            }
        }
        return found.sorted()
    }

    /// What a result depends on.
    package func parts(_ repository: Repository) throws -> [String] {
        ["base", try base.map { try repository.treeName(of: $0).hex } ?? ""]
            + allowances
    }
}

/// Finds the start of a branch, or the reason why there is none.
private struct ComparisonSearch {
    let repository: Repository
    let rules: Protect

    /// The newest commit that the branch has in common with a protected branch, preferably of a
    /// remote; without a protected branch, with the default branch of the remote.
    func start(of commit: ObjectID) throws -> Comparison {
        var found = Comparison()
        let tips = try protectedTips()
        found.tips = Array(tips.joined())
        var isProtected = false
        for tips in tips where !isProtected {
            var best: ObjectID?
            for tip in tips {
                guard let base = try repository.mergeBase(commit, tip) else { continue }
                if base == commit {
                    isProtected = true
                    continue
                }
                if let best, try !repository.isAncestor(best, of: base) { continue }
                best = base
            }
            if let best {
                found.base = best
                found.cut = try cut(behind: best)
                return found
            }
        }
        found.isProtected = isProtected
        if isProtected, let parent = try repository.firstParent(of: commit) {
            found.base = parent
            found.cut = try cut(behind: parent)
        } else if isProtected {
            try sayWhyNoParent(&found)
        } else {
            try sayWhyNoStart(isKnown: !found.tips.isEmpty, &found)
        }
        return found
    }

    /// The tips of the protected branches: of remotes, then of this clone; or else of the default
    /// branches of remotes.
    private func protectedTips() throws -> [[ObjectID]] {
        func isProtected(_ branch: Substring) -> Bool {
            rules.branches.contains { $0.matches(branch: Array(branch.utf8)) }
        }
        let remote = try repository.references(matching: "refs/remotes/*")
        let theirs = remote.filter { reference in
            let name = reference.name.dropFirst("refs/remotes/".count)
            return name.firstIndex(of: "/").map { isProtected(name[name.index(after: $0)...]) }
                ?? false
        }
        let own = try repository.references(matching: "refs/heads/*").filter {
            isProtected($0.name.dropFirst("refs/heads/".count))
        }
        if !theirs.isEmpty || !own.isEmpty { return [theirs.map(\.commit), own.map(\.commit)] }
        return [remote.filter { $0.name.hasSuffix("/HEAD") }.map(\.commit)]
    }

    private func sayWhyNoParent(_ found: inout Comparison) throws {
        if try repository.isShallow {
            found.gap = missing("nothing to compare with: the history of this clone begins here")
        } else {
            found.nothing = "nothing to compare with: this is the first commit"
        }
    }

    private func sayWhyNoStart(isKnown: Bool, _ found: inout Comparison) throws {
        let names = rules.branches.map { "`\($0.pattern)`" }.joined(separator: ", ")
        let isShallow = try repository.isShallow
        let hasFetched = try !repository.references(matching: "refs/remotes/*").isEmpty
        if isKnown, isShallow {
            found.gap = missing(
                "nothing to compare with: the history of this clone does not go back to where "
                    + "the branch started")
        } else if isKnown {
            found.isUnrelated = true
            found.nothing = "nothing to compare with: no commit in common with a protected branch"
        } else if isShallow || hasFetched {
            var gap = missing(
                "nothing to compare with: no protected branch (\(names)) is in this clone")
            gap.hints.append(
                "if your protected branch has another name, add it to `branches` in [protect]")
            found.gap = gap
        } else {
            found.nothing = "nothing to compare with: there is no protected branch (\(names)) yet"
        }
    }

    /// What is missing, and how to get it.
    private func missing(_ what: String) -> Failure {
        let remotes = (try? repository.remotes().map(\.name)) ?? []
        let remote = remotes.contains("origin") ? "origin" : remotes.first ?? "REMOTE"
        let isShallow = (try? repository.isShallow) == true
        let name = safeName(remote.utf8)
        let fetch =
            "`git fetch \(isShallow ? "--unshallow " : "")\(name) "
            + "'+refs/heads/*:refs/remotes/\(name)/*'` fetches it"
        let inCI =
            "in a CI, configure the checkout: `fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab"
        return Failure(
            message: what, hints: isShallow ? [fetch, inCI] : [fetch], exitStatus: .broken)
    }

    /// Why fewer commits of the protected branch can be checked than should be.
    private func cut(behind base: ObjectID) throws -> Failure? {
        guard try repository.isShallow else { return nil }
        var commit = base
        for count in 1..<Comparison.depth {
            if try repository.isCut(commit) {
                return missing(
                    "the history of the protected branch is incomplete: it ends after "
                        + counted(count, "commit", "commits") + " in this clone")
            }
            guard let parent = try repository.firstParent(of: commit) else { return nil }
            commit = parent
        }
        return nil
    }
}
