/// Reads `[tools]`: what is pinned.
struct ToolReader {
    let known: KnownNames

    /// The pins in the order of the file; no package stands twice among them and their plugins.
    func pins(_ entries: [Node]) throws(ConfigurationError) -> [ToolPin] {
        var pins: [ToolPin] = []
        var owners: [String: String] = [:]
        for entry in entries {
            let pin = try pin(entry)
            for package in [pin.package ?? pin.name] + pin.plugins {
                let name = Self.normalized(package)
                if let owner = owners[name] {
                    throw entry.error(
                        "the package \(quoted(name)) stands twice in [tools]: "
                            + "for \(quoted(owner)) and for \(quoted(pin.name))",
                        hints: ["name it once: one environment has one version of it"])
                }
                owners[name] = pin.name
            }
            pins.append(pin)
        }
        return pins
    }

    /// `black = "26.10.1"`, or `flake8 = { version = "7.3.0", plugins = ["flake8-bugbear==24.1.17"]
    /// }`. A tool that the catalogue does not know says its `package`.
    private func pin(_ entry: Node) throws(ConfigurationError) -> ToolPin {
        guard case .table(let fields) = entry.content else {
            try checkName(entry)
            return ToolPin(name: entry.key, version: try version(entry), line: entry.line)
        }
        if !fields.contains(where: { $0.key == "package" }) { try checkName(entry) }
        var pin = ToolPin(name: entry.key, version: "", line: entry.line)
        for field in try entry.entries(known: ["version", "package", "extras", "plugins"]) {
            switch field.key {
            case "version": pin.version = try version(field)
            case "package": pin.package = try package(field.string(), field)
            case "extras": pin.extras = try packages(field)
            default: pin.plugins = try packages(field)
            }
        }
        guard !pin.version.isEmpty else {
            throw entry.error(
                "\(entry.title) has no `version`",
                hints: ["add `version = \"...\"` with the one to use"])
        }
        return pin
    }

    private func checkName(_ entry: Node) throws(ConfigurationError) {
        guard !known.tools.contains(entry.key) else { return }
        let name = printable(entry.key, limit: 40)
        throw entry.error(
            "unknown key \(quoted(entry.key)) in [tools]",
            hints: Node.suggestion(for: entry.key, among: known.tools + ["warm"], called: "keys")
                + ["`\(name) = { package = \"\(name)\", version = \"...\" }` pins any package"])
    }

    private func version(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        guard isExactVersion(text) else {
            throw node.error(
                "\(node.title) is not one exact version: \(quoted(text))",
                hints: ["pin a version such as `1.2.3`, without `>=`, `~` or `*`"])
        }
        return text
    }

    /// Packages are handed to an installer, so one must not look like an option or hold blanks.
    private func packages(_ node: Node) throws(ConfigurationError) -> [String] {
        var packages: [String] = []
        for (text, item) in try node.strings() { packages.append(try package(text, item)) }
        return packages
    }

    private func package(_ text: String, _ node: Node) throws(ConfigurationError) -> String {
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard text.utf8.first.map(isASCIIAlphanumeric) == true, isPlain else {
            throw node.error("\(node.title) is not a package: \(quoted(text))")
        }
        return text
    }

    /// A package's name as registries compare it: `Flake8_Bugbear[x]==1` is `flake8-bugbear`.
    private static func normalized(_ package: String) -> String {
        let name = package.utf8.prefix { isASCIIAlphanumeric($0) || "._-".utf8.contains($0) }
        return String(Substring(name)).lowercased().split { "._-".contains($0) }
            .joined(separator: "-")
    }
}

/// Whether a text is one version, as a pin needs it, and no range of them.
package func isExactVersion(_ text: String) -> Bool {
    text.utf8.first.map(isASCIIAlphanumeric) == true
        && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-+!".utf8.contains($0) }
}
