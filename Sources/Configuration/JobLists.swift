internal import Notation
internal import Reporting

extension Kind where Value == [String: JobSettings] {
    /// `[jobs.NAME]` by name.
    static var jobs: Self {
        Kind(
            "tables",
            type: { known in
                let job = JSON.object([("$ref", .string("#/$defs/job"))])
                return [
                    jsonType("object"), ("properties", .object(known.jobs.map { ($0, job) })),
                    ("additionalProperties", job),
                ]
            }
        ) { (table, scope) throws(ConfigurationError) in
            var jobs: [String: JobSettings] = [:]
            for entry in try table.entries() {
                try checkName(entry)
                jobs[entry.key] = try JobReader(known: scope.known).job(entry)
            }
            return jobs
        }
    }
}

extension Kind where Value == [JobReference] {
    /// A list of jobs, each known and listed once.
    static var references: Self { references(nested: false) }

    /// - Parameter nested: whether jobs of nested configurations may be named, as
    ///   `services/api:unit`, as in phases; a git hook runs theirs automatically.
    static func references(nested: Bool) -> Self {
        Kind("jobs", type: { _ in stringsType }) { (list, scope) throws(ConfigurationError) in
            var references: [JobReference] = []
            var seen: Set<String> = []
            for (name, item) in try list.strings() {
                guard
                    scope.known.jobs.contains(name) || scope.jobs[name] != nil
                        || (nested && isNested(name, scope))
                else {
                    throw item.error(
                        "unknown job \(quoted(name)) in \(list.title)",
                        hints: hints(for: name, scope))
                }
                guard seen.insert(name).inserted else {
                    throw item.error("\(quoted(name)) is listed twice in \(list.title)")
                }
                references.append(JobReference(name: name, line: item.line))
            }
            return references
        }
    }

    /// Whether a name is that of a nested job; whether there is such a job is known after that
    /// configuration is read.
    private static func isNested(_ name: String, _ scope: Scope) -> Bool {
        guard let colon = name.firstIndex(of: ":"), name.index(after: colon) < name.endIndex else {
            return false
        }
        return scope.nested.contains {
            name[..<colon] == $0.path || name[..<colon].hasPrefix($0.path + "/")
        }
    }

    private static func hints(for job: String, _ scope: Scope) -> [String] {
        if job.contains(":") {
            let folder = printable(String(job.prefix { $0 != ":" }), limit: 60)
            return ["name the folder at the top of the file: `nested = [\"\(folder)\"]`"]
        }
        let own = scope.jobs.keys.sorted()
        if let nearest = scope.known.nearestJob(to: job, own: own) {
            return ["did you mean `\(nearest)`?"]
        }
        return [
            "define it with `run` in [jobs.\(printable(job, limit: 60))]",
            "`hooks list` shows all jobs",
        ]
    }
}

extension Kind where Value == [Phase] {
    /// Lists of jobs by the name of their phase.
    static var phases: Self {
        Kind(
            "lists of jobs",
            type: { _ in [jsonType("object"), ("additionalProperties", .object(stringsType))] }
        ) { (table, scope) throws(ConfigurationError) in
            var phases: [Phase] = []
            for entry in try table.entries() {
                try checkName(entry)
                guard !scope.known.jobs.contains(entry.key), scope.jobs[entry.key] == nil else {
                    throw entry.error(
                        "\(quoted(entry.key)) is the name of a job, and cannot be that of a phase",
                        hints: ["`hooks run NAME` takes both; choose another name"])
                }
                let jobs = try Kind<[JobReference]>.references(nested: true).read(entry, scope)
                phases.append(Phase(name: entry.key, jobs: jobs, line: entry.line))
            }
            return phases
        }
    }
}

extension Kind where Value == [String] {
    /// Jobs and tags that a user skips.
    static var leftOut: Self {
        strings("names") { (name, item, _, scope) throws(ConfigurationError) in
            let own = scope.jobs.keys.sorted()
            let names = scope.known.jobs + own + own.flatMap { scope.jobs[$0]?.tags ?? [] }
            guard names.contains(name) else {
                throw item.error(
                    "unknown job \(quoted(name)) in `skip`",
                    hints: NearestMatch.of(name, among: names).map { ["did you mean `\($0)`?"] }
                        ?? [])
            }
        }
    }
}

extension Kind where Value == [NestedFolder] {
    /// Folders below this one, each once.
    static var nested: Self {
        Kind("folders", type: { _ in stringsType }) { (list, _) throws(ConfigurationError) in
            var folders: [NestedFolder] = []
            for (text, item) in try list.strings() {
                let parts = text.split(separator: "/", omittingEmptySubsequences: false)
                guard !parts.isEmpty, parts.allSatisfy({ !["", ".", ".."].contains($0) }),
                    text.utf8.allSatisfy({ $0 != 0 })
                else {
                    throw item.error(
                        "\(quoted(text)) in `nested` is not a folder below this one",
                        hints: [
                            "name folders like `services/api`, without `.`, `..` and a `/` at either end"
                        ])
                }
                guard !folders.contains(where: { $0.path == text }) else {
                    throw item.error("\(quoted(text)) is listed twice in `nested`")
                }
                folders.append(NestedFolder(path: text, line: item.line))
            }
            return folders
        }
    }
}

/// Names of jobs and phases are used on command lines and in `HOOKS_SKIP`, where a comma separates
/// them; `hooks run NAME` takes git hooks too.
private func checkName(_ entry: Node) throws(ConfigurationError) {
    let name = entry.key
    guard isPlainName(name) else {
        throw entry.error(
            "\(quoted(name)) cannot be a name",
            hints: ["use letters, digits, `-`, `_` and `.`, and begin with a letter or digit"])
    }
    guard GitHook.named(name) == nil else {
        throw entry.error(
            "\(quoted(name)) is the name of a git hook",
            hints: ["choose another name", "a hook's jobs are listed in [hooks]"])
    }
}

/// Whether a text can be the name of a job, a phase or a tag.
func isPlainName(_ text: String) -> Bool {
    text.utf8.first.map(isASCIIAlphanumeric) == true
        && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-".utf8.contains($0) }
}
