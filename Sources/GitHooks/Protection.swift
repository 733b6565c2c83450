package import Configuration
internal import Git
internal import GitIndex
internal import Notation
package import Reporting

/// Refuses commits and pushes on protected branches.
package struct Protection {
    private let rules: Protect

    package init(_ rules: Protect) {
        self.rules = rules
    }

    /// Refuses a commit on a protected branch. The first commit of a new project is allowed,
    /// with a note.
    ///
    /// - Parameter isMerge: whether git merges; a refused merge stays in progress.
    func admitCommit(
        _ repository: Repository, isMerge: Bool = false, _ renderer: any Renderer
    ) throws {
        let head = try repository.head()
        guard let branch = head.branch, isProtected(branch) else { return }
        guard head.commit != nil else { return allowFirstCommit(on: branch, renderer) }
        throw ProtectedBranch(branch: branch, isMerge: isMerge)
    }

    /// Reports that a protected branch takes the first commit of a new project.
    package func allowFirstCommit(on branch: String, _ renderer: any Renderer) {
        allow("the first commit of a new project", on: safeName(branch.utf8), renderer)
    }

    private func allow(_ exception: String, on branch: String, _ renderer: any Renderer) {
        renderer.handle(.note("`\(branch)` is protected; \(exception) is allowed"))
    }

    /// Refuses a push that creates, moves or deletes a protected branch of the remote, whatever it
    /// is called here.
    ///
    /// - Parameters:
    ///   - isNew: whether the clone has no reference of the remote yet; then the first push of the
    ///     branch is allowed.
    ///   - closed: references that are protected by other rules than these.
    func admitPush(
        _ refs: [PushedRef], to remote: String, isNew: Bool, closed: Set<String>,
        _ renderer: any Renderer
    ) throws {
        var refused: [String] = []
        for ref in refs {
            guard let branch = ref.branch, isProtected(branch) || closed.contains(ref.remote) else {
                continue
            }
            guard isNew, ref.old.isZero, !ref.isDeletion else {
                refused.append(branch)
                continue
            }
            allow("the first push to a new remote", on: ref.title, renderer)
        }
        if !refused.isEmpty { throw ProtectedRemoteBranch(branches: refused, remote: remote) }
    }

    /// Whether a branch takes no direct commit.
    package func isProtected(_ branch: String) -> Bool {
        rules.branches.contains { $0.matches(branch: Array(branch.utf8)) }
    }
}

/// A refused commit on a protected branch.
package struct ProtectedBranch: Explained {
    let branch: String
    let isMerge: Bool

    /// The message about such a branch, for every refused operation.
    package static func text(_ branch: String) -> String {
        "`\(safeName(branch.utf8))` takes no local commits or merges; merge through a pull request"
    }

    package var message: String { Self.text(branch) }
    package var hints: [String] {
        isMerge
            ? ["`git merge --abort` undoes the merge"]
            : ["`git switch -c NAME` keeps what is staged; then commit again"]
    }
    package var exitStatus: ExitStatus { .refused }
}

/// A refused push to a protected branch.
package struct ProtectedRemoteBranch: Explained {
    let branches: [String]
    let remote: String

    package var message: String {
        let names = branches.map { "`\(safeName($0.utf8))`" }.joined(separator: ", ")
        return
            "\(names) of \(remote) \(branches.count == 1 ? "is" : "are") protected: nothing was pushed"
    }
    package var hints: [String] {
        ["`git switch -c NAME`, `git push -u \(remote) NAME`, and open a pull request"]
    }
    package var exitStatus: ExitStatus { .refused }
}
