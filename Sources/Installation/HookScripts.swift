/// The scripts that git calls, exactly as they stand in the folder `hooks`.
package enum HookScripts {
    /// By the name of the git hook.
    package static let all: [(name: String, content: [UInt8])] = [
        ("pre-commit", PackageResources.pre_commit),
        ("pre-merge-commit", PackageResources.pre_merge_commit),
        ("commit-msg", PackageResources.commit_msg),
    ]
}
