/// Reads the tables of the file into a configuration, one function a table.
struct SectionReader {
    var configuration: Configuration
    let known: KnownNames

    mutating func protect(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: SchemaKey.ofProtect.map(\.name)) {
            switch entry.key {
            case "branches": configuration.protect.branches = try entry.globs()
            default: configuration.protect.strict = try entry.boolean()
            }
        }
    }

    mutating func tools(_ table: Node) throws(ConfigurationError) {
        var pins: [Node] = []
        for entry in try table.entries() {
            if entry.key == "warm", !known.tools.contains("warm") {
                configuration.warm = try warm(entry)
            } else {
                pins.append(entry)
            }
        }
        configuration.tools = try ToolReader(known: known).pins(pins)
    }

    /// `"10m"`, or `false`; `true` says nothing.
    private func warm(_ entry: Node) throws(ConfigurationError) -> Duration? {
        if case .boolean(let flag) = entry.content { return flag ? nil : .zero }
        return try entry.duration(else: "must be `true`, `false`, or a string with a unit")
    }

    mutating func jobs(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries() {
            try checkName(entry)
            configuration.jobs[entry.key] = try JobReader(known: known).job(entry)
        }
    }

    mutating func hooks(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: HookName.allCases.map(\.rawValue)) {
            guard let hook = HookName(rawValue: entry.key) else { continue }
            configuration.hooks[hook] = try references(entry)
        }
    }

    mutating func phases(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries() {
            try checkName(entry)
            guard !known.jobs.contains(entry.key), configuration.jobs[entry.key] == nil else {
                throw entry.error(
                    "\(quoted(entry.key)) is the name of a job, and cannot be that of a phase",
                    hints: ["`hooks run NAME` takes both; choose another name"])
            }
            let jobs = try references(entry)
            configuration.phases.append(Phase(name: entry.key, jobs: jobs, line: entry.line))
        }
    }

    /// Folders downwards, each once.
    func nested(_ list: Node) throws(ConfigurationError) -> [NestedFolder] {
        var folders: [NestedFolder] = []
        for (text, item) in try list.strings() {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard !parts.isEmpty, parts.allSatisfy({ !["", ".", ".."].contains($0) }),
                text.utf8.allSatisfy({ $0 != 0 })
            else {
                throw item.error(
                    "\(quoted(text)) in `nested` leads to no folder below this one",
                    hints: [
                        "name folders as `services/api`, without `.`, `..` and a `/` at either end"
                    ])
            }
            guard !folders.contains(where: { $0.path == text }) else {
                throw item.error("\(quoted(text)) stands twice in `nested`")
            }
            folders.append(NestedFolder(path: text, line: item.line))
        }
        return folders
    }

    mutating func fix(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: ["on_commit"]) {
            configuration.fix.onCommit = try entry.choice(FixPolicy.OnCommit.self)
        }
    }
}

extension SectionReader {
    /// Names of jobs and phases stand on command lines and in `HOOKS_SKIP`, where a comma separates
    /// them; `hooks run NAME` takes git hooks too.
    private func checkName(_ entry: Node) throws(ConfigurationError) {
        let name = entry.key
        let isPlain =
            name.utf8.first.map(isASCIIAlphanumeric) == true
            && name.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-".utf8.contains($0) }
        guard isPlain else {
            throw entry.error(
                "\(quoted(name)) cannot be a name",
                hints: ["use letters, digits, `-`, `_` and `.`, and begin with a letter or digit"])
        }
        guard HookName(rawValue: name) == nil else {
            throw entry.error(
                "\(quoted(name)) is the name of a git hook",
                hints: ["choose another name", "a hook's jobs are listed in [hooks]"])
        }
    }

    /// A list of jobs, each known and mentioned once.
    private func references(_ list: Node) throws(ConfigurationError) -> [JobReference] {
        var references: [JobReference] = []
        var seen: Set<String> = []
        for (name, item) in try list.strings() {
            guard known.jobs.contains(name) || configuration.jobs[name] != nil else {
                throw item.error(
                    "unknown job \(quoted(name)) in \(list.title)", hints: hints(for: name))
            }
            guard seen.insert(name).inserted else {
                throw item.error("\(quoted(name)) stands twice in \(list.title)")
            }
            references.append(JobReference(name: name, line: item.line))
        }
        return references
    }

    private func hints(for job: String) -> [String] {
        let own = configuration.jobs.keys.sorted()
        if let nearest = known.nearestJob(to: job, own: own) {
            return ["did you mean `\(nearest)`?"]
        }
        return [
            "define it with `run` in [jobs.\(printable(job, limit: 60))]",
            "run `hooks list` for all jobs",
        ]
    }
}

/// Whether the byte is an ASCII letter or digit.
func isASCIIAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}
