package import Notation

/// `[ship]`: the budget of `hooks ship`.
package struct ShipSettings: Sendable, Equatable {
    /// How long everything should take at most; a longer run prints a note.
    package var budget = Duration.seconds(30)
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
