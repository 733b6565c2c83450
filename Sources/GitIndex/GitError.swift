internal import CGit2
package import Reporting

/// A failed operation of libgit2.
package struct GitError: Explained, Equatable {
    /// libgit2's `git_error_code`.
    package var code: Int32
    /// What was attempted, such as "read the index".
    package var attempt: String
    /// libgit2's own message.
    package var detail: String

    package init(code: Int32, attempt: String, detail: String) {
        self.code = code
        self.attempt = attempt
        self.detail = detail
    }

    /// For a failed command of the `git` program.
    package init(attempt: String, detail: String) {
        self.init(code: GIT_ERROR.rawValue, attempt: attempt, detail: detail)
    }

    package var message: String { "cannot \(attempt): \(detail)" }

    package var exitStatus: ExitStatus {
        code == GIT_ELOCKED.rawValue ? .conflict : .broken
    }

    package var hints: [String] {
        guard isNotFound, detail.hasPrefix("object not found") else { return [] }
        return [
            "in a partial clone `git fetch --refetch --no-filter` brings every object; else `git fsck` says what is missing"
        ]
    }

    /// Whether the requested object does not exist.
    package var isNotFound: Bool { code == GIT_ENOTFOUND.rawValue }
}
