internal import Notation
internal import Reporting

extension Kind where Value == TriggerSettings {
    /// `[ci]`, with either a webhook or a command.
    static var ci: Self {
        let keys = Kind.table(TriggerSettings.table) { TriggerSettings() }
        return Kind(keys.name(), type: keys.type) { (table, scope) throws(ConfigurationError) in
            let settings = try keys.read(table, scope)
            if settings.webhook != nil, settings.command != nil {
                throw table.error("\(table.title) has both `webhook` and `command`; keep one")
            }
            return settings
        }
    }
}

extension Kind where Value == String {
    /// Not a text that could be taken for an option, or for two lines of a program's input.
    static var address: Self {
        Kind("an address", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            let isPlain = text.utf8.allSatisfy {
                (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"")
            }
            guard isPlain, text.hasPrefix("https://") || text.hasPrefix("http://"),
                !text.utf8.contains(UInt8(ascii: "\\"))
            else {
                throw node.error(
                    "\(node.title) is not an address: \(quoted(text))",
                    hints: ["an address begins with `https://` or `http://`"])
            }
            return text
        }
    }

    /// Words without a place for files.
    static var command: Self {
        Kind("a command", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            do throws(WordsError) {
                let words = try Words(text)
                guard !words.placesFiles, !words.leading.isEmpty else {
                    throw WordsError(reason: "it gets no files")
                }
            } catch {
                throw node.error("\(node.title) is not a command: \(error.reason)")
            }
            return text
        }
    }

    static var variable: Self {
        Kind("a name", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            let isName =
                text.utf8.first.map { !(0x30...0x39).contains($0) } == true
                && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || $0 == UInt8(ascii: "_") }
            guard isName else {
                throw node.error(
                    "\(node.title) is not the name of a variable: \(quoted(text))",
                    hints: ["do not write the key itself into the file"])
            }
            return text
        }
    }

    /// A release of hooks that is not newer than the running one.
    static var release: Self {
        Kind("a version", type: { _ in [jsonType("string")] }) {
            (node, scope) throws(ConfigurationError) in
            let text = try node.string()
            guard let wanted = Release(text) else {
                throw node.error(
                    "\(node.title) is not a version: \(quoted(text))",
                    hints: ["write it as `0.1` or `0.1.2`"])
            }
            // The running release may have a suffix, `0.2.0-dev`, which counts as the release
            // itself.
            let number = scope.version.prefix { $0.isNumber || $0 == "." }
            if let running = Release(String(number)), running < wanted {
                throw node.error(
                    "this file requires hooks \(text) or newer; this is \(scope.version)",
                    hints: ["install a newer hooks, then run `hooks install`"])
            }
            return text
        }
    }
}
