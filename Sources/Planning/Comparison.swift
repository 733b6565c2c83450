package import Configuration
package import Git
internal import Reporting
package import Staging
internal import SystemPackage

/// What a commit is compared with: where its branch left the protected one.
package struct Comparison: Sendable {
    /// The commit that the branch started from; nil when there is none, as for a first commit.
    package var base: ObjectID?
    /// The tip of the protected branch.
    package var target: ObjectID?
    /// What the messages of the branch allow: `Reverts: <commit>`, `Removes: <name>`, and git's own
    /// words for a revert; each as it stands there, sorted.
    package var allowances: [String]

    /// - Parameter commit: the tip of the branch.
    package init(
        of commit: ObjectID, _ repository: Repository, _ rules: Protect, _ git: GitProgram
    ) throws {
        (base, target) = try Self.start(of: commit, repository, rules)
        let range = (base.map { ["^" + $0.hex] } ?? []) + [commit.hex]
        let log = try git.run(
            ["log", "--format=%B"] + range + ["--"], "read the messages of the branch")
        allowances = Self.allowances(in: log)
    }

    /// The newest commit that the branch has in common with a protected one, of a remote rather
    /// than here.
    private static func start(
        of commit: ObjectID, _ repository: Repository, _ rules: Protect
    ) throws -> (base: ObjectID?, target: ObjectID?) {
        func isProtected(_ branch: Substring) -> Bool {
            rules.branches.contains { $0.matches(branch: Array(branch.utf8)) }
        }
        let remote = try repository.references(matching: "refs/remotes/*").filter { reference in
            let name = reference.name.dropFirst("refs/remotes/".count)
            return name.firstIndex(of: "/").map { isProtected(name[name.index(after: $0)...]) }
                ?? false
        }
        let local = try repository.references(matching: "refs/heads/*").filter {
            isProtected($0.name.dropFirst("refs/heads/".count))
        }
        for references in [remote, local] {
            var best: (base: ObjectID, target: ObjectID)?
            for (_, tip) in references {
                guard let base = try repository.mergeBase(commit, tip), base != commit else {
                    continue
                }
                if let found = best, try !repository.isAncestor(found.base, of: base) { continue }
                best = (base, tip)
            }
            if let best { return best }
        }
        let parent = try repository.firstParent(of: commit)
        return (parent, parent)
    }

    private static func allowances(in log: [UInt8]) -> [String] {
        var found: Set<String> = []
        for line in log.split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self)
            for (start, kind) in [
                ("Reverts:", "Reverts"), ("Removes:", "Removes"),
                ("This reverts commit", "Reverts"),
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
        ["base", try base.map { try repository.treeName(of: $0).hex } ?? "", target?.hex ?? ""]
            + allowances
    }
}
