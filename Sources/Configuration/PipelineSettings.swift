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
}

/// `[log]`: what is kept of the output of jobs.
package struct LogSettings: Sendable, Equatable {
    /// Names of variables whose values are not to be kept or shown.
    package var secret: [Glob] = [
        "*TOKEN*", "*SECRET*", "*PASSWORD*", "*PASSWD*", "*_KEY", "*CREDENTIAL*",
    ].compactMap { try? Glob($0) }

    /// What holds where the project says nothing.
    package init() {}
}

extension SectionReader {
    /// What the JSON Schema says of these tables.
    static let pipelineKeys: [(table: String, keys: [SchemaKey])] = [
        ("ship", [SchemaKey("budget", .duration, "How long `hooks ship` should take.")]),
        (
            "ci",
            [
                SchemaKey("webhook", .string, "An address that is told of a push."),
                SchemaKey("command", .string, "A command that tells the CI of a push."),
                SchemaKey("secret", .string, "The variable with the key of the signature."),
            ]
        ),
        ("log", [SchemaKey("secret", .strings, "Variables whose values are not kept, as globs.")]),
    ]

    mutating func ship(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: ["budget"]) {
            configuration.ship.budget = try entry.duration()
        }
    }

    mutating func ci(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: ["webhook", "command", "secret"]) {
            switch entry.key {
            case "webhook": configuration.ci.webhook = try address(entry)
            case "command": configuration.ci.command = try command(entry)
            default: configuration.ci.secret = try variable(entry)
            }
        }
        if configuration.ci.webhook != nil, configuration.ci.command != nil {
            throw table.error("\(table.title) has both `webhook` and `command`; keep one")
        }
    }

    mutating func log(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: ["secret"]) {
            configuration.log.secret = try entry.globs()
        }
    }

    /// Nothing that could be taken for an option, or for two lines of a program's input.
    private func address(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        let isPlain = text.utf8.allSatisfy {
            (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"")
        }
        guard isPlain, text.hasPrefix("https://") || text.hasPrefix("http://"),
            !text.utf8.contains(UInt8(ascii: "\\"))
        else {
            throw node.error(
                "\(node.title) is not an address: \(quoted(text))",
                hints: ["it begins with `https://` or `http://`"])
        }
        return text
    }

    private func command(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        do throws(WordsError) {
            let words = try Words(text)
            guard !words.placesFiles, !words.leading.isEmpty else {
                throw WordsError(reason: "it takes no files")
            }
        } catch {
            throw node.error("\(node.title) is not a command: \(error.reason)")
        }
        return text
    }

    private func variable(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        let isName =
            text.utf8.first.map { !(0x30...0x39).contains($0) } == true
            && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        guard isName else {
            throw node.error(
                "\(node.title) is not the name of a variable: \(quoted(text))",
                hints: ["the key itself stays out of the file"])
        }
        return text
    }
}
