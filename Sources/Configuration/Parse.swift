/// The words that a configuration may refer to.
package struct KnownNames: Sendable {
    /// Catalogue jobs and built-in checks.
    package var jobs: [String]
    /// Tools that can be pinned.
    package var tools: [String]
    /// File types, such as `python`; a long list, which is made only when it is asked for.
    package var types: [String] { listTypes() }
    private let listTypes: @Sendable () -> [String]
    /// What other hook managers call a job, by that name.
    package var aliases: [String: String]

    /// Catalogue jobs that a project may give a command of its own.
    package var replaceable: [String]

    package init(
        jobs: [String], tools: [String], types: @autoclosure @escaping @Sendable () -> [String],
        replaceable: [String] = [], aliases: [String: String] = [:]
    ) {
        self.jobs = jobs
        self.replaceable = replaceable
        self.tools = tools
        self.aliases = aliases
        listTypes = types
    }

    /// The job that was probably meant by a name.
    package func nearestJob(to name: String, own: [String] = []) -> String? {
        aliases[name] ?? NearestMatch.of(name, among: own + jobs)
    }
}

extension Configuration {
    /// Reads the text of a configuration file.
    ///
    /// `file` is its name in messages, safe to print. `prefix` is the table that holds the
    /// configuration, such as `["tool", "hooks"]` in `pyproject.toml`; the result is `nil` when
    /// that table is absent. `version` is the running release, such as `0.2.0`. The first fault is
    /// thrown; `isNested` is for a file below the top, which has fewer keys. That a newer release is required comes before all others, because such a file may
    /// hold keys not known here.
    package static func parse(
        _ text: [UInt8], file: String, inTable prefix: [String] = [], known: KnownNames,
        version: String, isNested: Bool = false
    ) throws(ConfigurationError) -> Configuration? {
        guard let root = try Document.read(text, file: file, prefix: prefix) else { return nil }
        var configuration = Configuration()
        if let node = try root.entries().first(where: { $0.key == "requires" }) {
            configuration.requires = try requirement(node, version: version)
        }
        let keys = SchemaKey.ofTop.map(\.name) + SchemaKey.tables
        let entries = try root.entries(known: keys)
        let ofNested = ["requires", "jobs", "hooks", "nested", "fail_fast"]
        for entry in entries where isNested && !ofNested.contains(entry.key) {
            throw entry.error(
                "\(quoted(entry.key)) belongs into the configuration at the top",
                hints: ["a nested file has \(ofNested.map { "`\($0)`" }.joined(separator: ", "))"])
        }
        var reader = SectionReader(configuration: configuration, known: known)
        // Hooks and phases mention jobs, which may be defined below them.
        for entry in entries where entry.key == "jobs" { try reader.jobs(entry) }
        for entry in entries {
            switch entry.key {
            case "protect": try reader.protect(entry)
            case "tools": try reader.tools(entry)
            case "hooks": try reader.hooks(entry)
            case "fix": try reader.fix(entry)
            case "phases": try reader.phases(entry)
            case "ship": try reader.ship(entry)
            case "ci": try reader.ci(entry)
            case "log": try reader.log(entry)
            case "nested": reader.configuration.nested = try reader.nested(entry)
            case "fail_fast": reader.configuration.failFast = try entry.boolean()
            default: break
            }
        }
        return reader.configuration
    }

    private static func requirement(
        _ node: Node, version: String
    ) throws(ConfigurationError) -> String {
        let text = try node.string()
        guard let wanted = Release(text) else {
            throw node.error(
                "\(node.title) is not a version: \(quoted(text))",
                hints: ["write it as `0.1` or `0.1.2`"])
        }
        // The running release may have a suffix, `0.2.0-dev`, which counts as the release itself.
        let number = version.prefix { $0.isNumber || $0 == "." }
        if let running = Release(String(number)), running < wanted {
            throw node.error(
                "this file requires hooks \(text) or newer; this is \(version)",
                hints: ["install a newer hooks, then run `hooks install`"])
        }
        return text
    }
}

/// The numbers of a version; missing ones count as 0.
struct Release: Comparable {
    private var numbers: [Int]

    /// One to three numbers separated by dots, else `nil`.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isNumber = { (part: Substring.UTF8View) in
            (1...9).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard (1...3).contains(parts.count), parts.allSatisfy(isNumber) else { return nil }
        let found = parts.compactMap { Int(Substring($0)) }
        numbers = found + Array(repeating: 0, count: max(0, 3 - found.count))
    }

    static func < (a: Release, b: Release) -> Bool {
        a.numbers.lexicographicallyPrecedes(b.numbers)
    }
}
