internal import Configuration
internal import Git
package import Reporting

/// Keeps protected branches closed.
struct Protection {
    private let rules: Protect

    init(_ rules: Protect) {
        self.rules = rules
    }

    /// Refuses a commit on a protected branch. The first commit of a new project is let through, and says so.
    func admitCommit(_ repository: Repository, _ renderer: any Renderer) throws {
        let head = try repository.head()
        guard let branch = head.branch, isProtected(branch) else { return }
        guard head.commit != nil else {
            let name = safeName(branch.utf8)
            renderer.handle(
                .note("`\(name)` is protected; the first commit of a new project is let through"))
            return
        }
        throw ProtectedBranch(branch: branch)
    }

    /// Whether a branch takes no direct commit.
    func isProtected(_ branch: String) -> Bool {
        rules.branches.contains { $0.matches(branch: Array(branch.utf8)) }
    }
}

/// A commit on a branch that takes none.
package struct ProtectedBranch: Explained {
    let branch: String

    package var message: String {
        "`\(safeName(branch.utf8))` is protected: commits reach it by merging a branch"
    }
    package var hints: [String] {
        ["`git switch -c NAME` takes what is staged along; then commit again"]
    }
    package var exitStatus: ExitStatus { .refused }
}
