internal import Notation
internal import Reporting

/// The settings of `[tools]`.
struct ToolSettings {
    var pins: [Pin] = []
    var warm: Duration?

    /// The only key that is not a pin.
    static let warm = Key<ToolSettings>(
        "warm", .idleTime, default: "`\"10m\"`",
        "How long idle [tool servers](warm.md) keep running; `false`: "
            + "no tool servers.",
        set: { $0.warm = $1 })
}

extension Pin {
    /// The keys of a pin's long form.
    static let table = Table<Pin>([
        Key("version", .version, "The one version to use.", set: { $0.version = $1 }),
        Key(
            "package", .package, default: "the name",
            "The Python package, if the pin is not named like a tool of the catalogue.",
            set: { $0.package = $1 }),
        Key(
            "extras", .packages, default: "`[]`",
            "Optional parts of the package, such as `jupyter` of black.", set: { $0.extras = $1 }),
        Key(
            "plugins", .packages, default: "`[]`",
            "More packages in its environment, such as `flake8-bugbear==24.1.17`.",
            set: { $0.plugins = $1 }),
    ])
}

extension Kind where Value == ToolSettings {
    static var tools: Self {
        Kind("pins", type: schema) { (table, scope) throws(ConfigurationError) in
            var settings = ToolSettings()
            var owners: [String: String] = [:]
            for entry in try table.entries() {
                let key = ToolSettings.warm
                if entry.key == key.name, !scope.known.tools.contains(key.name) {
                    try key.read(entry, into: &settings, scope)
                    continue
                }
                let pin = try pin(entry, scope)
                for package in [pin.package] + pin.plugins {
                    let name = packageName(package)
                    if let owner = owners[name] {
                        throw entry.error(
                            "the package \(quoted(name)) is pinned twice in [tools]: "
                                + "for \(quoted(owner)) and for \(quoted(pin.name))",
                            hints: ["pin it once: an environment has one version of each package"])
                    }
                    owners[name] = pin.name
                }
                settings.pins.append(pin)
            }
            return settings
        }
    }

    @Sendable private static func schema(_ known: KnownNames) -> [(key: String, value: JSON)] {
        let pin = JSON.object(
            Pin.table.schema(known) + [("required", .array([.string("version")]))])
        let either = JSON.object([("anyOf", .array([.object([jsonType("string")]), pin]))])
        let warm = (ToolSettings.warm.name, ToolSettings.warm.schema(known))
        return [
            jsonType("object"),
            ("properties", .object(known.tools.map { ($0, either) } + [warm])),
            ("additionalProperties", pin),
        ]
    }

    /// `black = "26.10.1"`, or `flake8 = { version = "7.3.0", plugins = ["flake8-bugbear==24.1.17"]
    /// }`. A tool that is not in the catalogue needs its `package`.
    private static func pin(_ entry: Node, _ scope: Scope) throws(ConfigurationError) -> Pin {
        guard case .table(let fields) = entry.content else {
            try checkName(entry, scope.known)
            return Pin(
                name: entry.key, version: try Kind<String>.version.read(entry, scope))
        }
        if !fields.contains(where: { $0.key == "package" }) { try checkName(entry, scope.known) }
        var pin = Pin(name: entry.key, version: "")
        try Pin.table.read(entry, into: &pin, scope)
        guard !pin.version.isEmpty else {
            throw entry.error(
                "\(entry.title) has no `version`",
                hints: ["add `version = \"...\"` with the one to use"])
        }
        return pin
    }

    private static func checkName(
        _ entry: Node, _ known: KnownNames
    ) throws(ConfigurationError) {
        guard !known.tools.contains(entry.key) else { return }
        let name = printable(entry.key, limit: 40)
        throw entry.error(
            "unknown key \(quoted(entry.key)) in [tools]",
            hints: Node.suggestion(
                for: entry.key, among: known.tools + [ToolSettings.warm.name], called: "keys")
                + ["`\(name) = { package = \"\(name)\", version = \"...\" }` pins any package"])
    }
}

extension Kind where Value == Duration? {
    /// `"10m"`, or `false`; `true` has no effect.
    fileprivate static var idleTime: Self {
        Kind(
            "a duration or `false`",
            type: { _ in [("type", .array([.string("boolean"), .string("string")]))] }
        ) { (node, _) throws(ConfigurationError) in
            if case .boolean(let flag) = node.content { return flag ? nil : .zero }
            return try node.duration(else: "must be `true`, `false`, or a string with a unit")
        }
    }
}

extension Kind where Value == String {
    fileprivate static var version: Self {
        Kind("a version", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            guard isExactVersion(text) else {
                throw node.error(
                    "\(node.title) is not one exact version: \(quoted(text))",
                    hints: ["pin a version such as `1.2.3`, without `>=`, `~` or `*`"])
            }
            return text
        }
    }

    fileprivate static var package: Self {
        Kind("a package", type: { _ in [jsonType("string")] }) {
            (node, _) throws(ConfigurationError) in
            let text = try node.string()
            try checkPackage(text, node)
            return text
        }
    }
}

extension Kind where Value == [String] {
    fileprivate static var packages: Self {
        strings("packages") { (text, item, _, _) throws(ConfigurationError) in
            try checkPackage(text, item)
        }
    }
}

/// Packages are passed to an installer, so a package must not look like an option or contain
/// spaces.
private func checkPackage(_ text: String, _ node: Node) throws(ConfigurationError) {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    guard text.utf8.first.map(isASCIIAlphanumeric) == true, isPlain else {
        throw node.error("\(node.title) is not a package: \(quoted(text))")
    }
}

/// Whether a text is one exact version, and not a range.
package func isExactVersion(_ text: String) -> Bool {
    text.utf8.first.map(isASCIIAlphanumeric) == true
        && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-+!".utf8.contains($0) }
}

/// A package's normalized name, as registries compare it: `Flake8_Bugbear[x]==1` is
/// `flake8-bugbear`.
package func packageName(_ package: String) -> String {
    let name = package.utf8.prefix { isASCIIAlphanumeric($0) || "._-".utf8.contains($0) }
    return String(Substring(name)).lowercased().split { "._-".contains($0) }
        .joined(separator: "-")
}
