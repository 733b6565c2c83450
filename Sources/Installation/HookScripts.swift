/// The scripts that git calls, exactly as they stand in the folder `hooks`.
package enum HookScripts {
    /// By the name of the git hook; `isStrict` for the one that only a strictly protected
    /// repository has.
    package static let all: [(name: String, content: [UInt8], isStrict: Bool)] = [
        ("pre-commit", PackageResources.pre_commit, false),
        ("pre-merge-commit", PackageResources.pre_merge_commit, false),
        ("commit-msg", PackageResources.commit_msg, false),
        ("pre-push", PackageResources.pre_push, false),
        ("post-checkout", PackageResources.post_checkout, false),
        ("post-merge", PackageResources.post_merge, false),
        ("reference-transaction", PackageResources.reference_transaction, true),
    ]
}
