internal import Notation

/// The words that a configuration may refer to.
package struct KnownNames: Sendable {
    /// Catalogue jobs and built-in checks.
    package var jobs: [String]
    /// Built-in checks alone.
    package var checks: [String]
    /// Tools that can be pinned; made when it is asked for, as the lists below.
    package var tools: [String] { listTools() }
    private let listTools: @Sendable () -> [String]
    /// File types, such as `python`; a long list, which is made only when it is asked for.
    package var types: [String] { listTypes() }
    private let listTypes: @Sendable () -> [String]
    /// What other hook managers call a job, by that name.
    package var aliases: [String: String] { listAliases() }
    private let listAliases: @Sendable () -> [String: String]

    /// Catalogue jobs that accept a command of the project.
    package var replaceable: [String]

    package init(
        jobs: [String], checks: [String] = [],
        tools: @autoclosure @escaping @Sendable () -> [String],
        types: @autoclosure @escaping @Sendable () -> [String], replaceable: [String] = [],
        aliases: @autoclosure @escaping @Sendable () -> [String: String] = [:]
    ) {
        self.jobs = jobs
        self.checks = checks
        self.replaceable = replaceable
        listTools = tools
        listTypes = types
        listAliases = aliases
    }

    /// The nearest job to a name.
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
    /// thrown; `isNested` is for a file below the top, which has fewer keys. That a newer release
    /// is required comes before all others, because such a file may have unknown keys.
    package static func parse(
        _ text: [UInt8], file: String, inTable prefix: [String] = [], known: KnownNames,
        version: String, isNested: Bool = false
    ) throws(ConfigurationError) -> Configuration? {
        guard let root = try Document.read(text, file: file, prefix: prefix) else { return nil }
        var configuration = Configuration()
        var scope = Scope(known: known, version: version)
        if let node = try root.entries().first(where: { $0.key == requires.name }) {
            try requires.read(node, into: &configuration, scope)
        }
        let entries = try table.entries(of: root)
        if isNested, let (node, _) = entries.first(where: { !$0.key.isForNested }) {
            let names = table.keys.filter(\.isForNested).map { "`\($0.name)`" }
            throw node.error(
                "\(quoted(node.key)) is allowed only in the configuration at the top",
                hints: ["a nested file may have \(names.joined(separator: ", "))"])
        }
        // Hooks and phases mention jobs, which may be defined below them or in nested folders.
        let first = [Self.jobs.name, Self.nested.name]
        for (node, key) in entries where first.contains(key.name) {
            try key.read(node, into: &configuration, scope)
        }
        scope.jobs = configuration.jobs
        scope.nested = configuration.nested
        for (node, key) in entries where !first.contains(key.name) {
            try key.read(node, into: &configuration, scope)
        }
        return configuration
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
