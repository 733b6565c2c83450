package import Notation

/// `[ship]`: the budget of `hooks ship`.
package struct ShipSettings: Sendable, Equatable {
    /// How long everything should take at most; a longer run prints a note.
    package var budget = Duration.seconds(30)
}

extension ShipSettings {
    static let table = Table<ShipSettings>([
        Key(
            "budget", .duration, default: "`\"30s\"`",
            "How long `hooks ship` should take; a longer run prints a note.",
            set: { $0.budget = $1 })
    ])
}

/// `[ci]`: how the CI is told of a push.
package struct TriggerSettings: Sendable, Equatable {
    /// The address to call after a push; `nil`: the push itself is enough.
    package var webhook: String?
    /// A command instead, as words.
    package var command: String?
    /// The variable that holds the key of the webhook's signature.
    package var secret = "HOOKS_WEBHOOK_SECRET"
    /// The address of the program for the runners of a CI; `nil`: a variable of the CI has it.
    package var program: String?
}

extension TriggerSettings {
    static let table = Table<TriggerSettings>([
        Key(
            "webhook", .address, default: "none",
            "An address that `hooks ship` calls after a push.", set: { $0.webhook = $1 }),
        Key(
            "command", .command, default: "none", "A command that `hooks ship` runs instead.",
            set: { $0.command = $1 }),
        Key(
            "secret", .variable, default: "`\"HOOKS_WEBHOOK_SECRET\"`",
            "The variable that holds the key of the webhook's signature.",
            set: { $0.secret = $1 }),
        Key(
            "program", .address, default: "none",
            "The address from which runners download hooks, in the files of `hooks init --ci`.",
            set: { $0.program = $1 }),
    ])
}

/// `[log]`: what is stored of the output of jobs.
package struct LogSettings: Sendable, Equatable {
    /// Names of variables whose values are neither stored nor shown.
    package var secret: [Glob] = [
        "*TOKEN*", "*SECRET*", "*PASSWORD*", "*PASSWD*", "*_KEY", "*CREDENTIAL*", "*_PASS",
        "*PASSPHRASE*", "*_PWD", "*_PAT", "*APIKEY*", "*_AUTH", "*AUTHORIZATION*", "*_DSN", "*_JWT",
        "*COOKIE*",
    ].compactMap { try? Glob($0) }

    /// The default patterns.
    package init() {}
}

extension LogSettings {
    static let table = Table<LogSettings>([
        Key(
            "secret", .names, default: "`[\"*TOKEN*\", ...]`",
            "Names of variables whose values are neither shown nor stored: "
                + "[pipeline.md](pipeline.md#secrets).",
            set: { $0.secret = $1 })
    ])
}
