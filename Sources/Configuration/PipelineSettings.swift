package import Notation

/// `[ship]`: what `hooks ship` is measured against.
package struct ShipSettings: Sendable, Equatable {
    /// How long everything should take at most; longer is said.
    package var budget = Duration.seconds(30)
}

/// `[ci]`: how a push makes known that there is something to do.
package struct TriggerSettings: Sendable, Equatable {
    /// The address that is told of a push; `nil`: the push itself is enough.
    package var webhook: String?
    /// A command instead, as words.
    package var command: String?
    /// The variable that holds the key of the webhook's signature.
    package var secret = "HOOKS_WEBHOOK_SECRET"
    /// Where the runners of a CI get the program from; `nil`: a variable of theirs says it.
    package var program: String?
}

/// `[log]`: what is kept of the output of jobs.
package struct LogSettings: Sendable, Equatable {
    /// Names of variables whose values are not to be kept or shown.
    package var secret: [Glob] = [
        "*TOKEN*", "*SECRET*", "*PASSWORD*", "*PASSWD*", "*_KEY", "*CREDENTIAL*", "*_PASS",
        "*PASSPHRASE*", "*_PWD", "*_PAT", "*APIKEY*", "*_AUTH", "*AUTHORIZATION*", "*_DSN", "*_JWT",
        "*COOKIE*",
    ].compactMap { try? Glob($0) }

    /// What holds where the project says nothing.
    package init() {}
}
