package import Notation

/// `[protect]`: the branches that take no direct commit and no push.
package struct Protect: Sendable, Equatable {
    /// Patterns for short branch names; `Glob.matches(branch:)` is meant.
    package var branches: [Glob] = [Glob(literal: "main"), Glob(literal: "master")]
    /// Whether the reference-transaction hook guards them too.
    package var strict = false
}

extension Protect {
    /// Its keys.
    static let table = Table<Protect>([
        Key(
            "branches", .globs, default: "`[\"main\", \"master\"]`",
            "Branches that take no direct commit and no push. A pattern covers the whole short "
                + "name: `\"main\"` does not match `topic/main`.",
            set: { $0.branches = $1 }),
        Key(
            "strict", .boolean, default: "`false`",
            "`hooks install` also writes the reference-transaction hook, and a protected branch "
                + "may only move to what a remote-tracking reference holds, whatever "
                + "command moves it.",
            set: { $0.strict = $1 }),
    ])
}
