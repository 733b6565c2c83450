/// `[fix]`: what happens once fixers have changed files.
package struct FixPolicy: Sendable, Equatable {
    /// The values of `on_commit`.
    package enum OnCommit: String, CaseIterable, Sendable {
        /// The commit goes on with the fixes in it.
        case `continue`
        /// The fixes are staged and the commit is left to the user.
        case stop
    }

    package var onCommit = OnCommit.continue
}

extension FixPolicy {
    /// Its keys.
    static let table = Table<FixPolicy>([
        Key(
            "on_commit", .choice(OnCommit.self), default: "`\"continue\"`",
            "`\"continue\"`: the commit includes the fixes. `\"stop\"`: fixes are staged, "
                + "and the commit stops for a review.",
            set: { $0.onCommit = $1 })
    ])
}
