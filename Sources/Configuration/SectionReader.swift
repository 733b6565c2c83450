/// Reads the tables of the file into a configuration, one function a table.
struct SectionReader {
    var configuration: Configuration
    let known: KnownNames

    mutating func protect(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: ["branches", "strict"]) {
            switch entry.key {
            case "branches": configuration.protect.branches = try entry.globs()
            default: configuration.protect.strict = try entry.boolean()
            }
        }
    }

    mutating func tools(_ table: Node) throws(ConfigurationError) {
        for entry in try table.entries(known: known.tools + ["warm"]) {
            if entry.key == "warm", !known.tools.contains("warm") {
                configuration.toolsWarm = try entry.boolean()
            } else {
                configuration.tools.append(try pin(entry))
            }
        }
    }

    /// `black = "26.10.1"`, or `flake8 = { version = "7.3.0", plugins = ["flake8-bugbear==24.1.17"]
    /// }`.
    private func pin(_ entry: Node) throws(ConfigurationError) -> ToolPin {
        var pin = ToolPin(name: entry.key, version: "", plugins: [], line: entry.line)
        guard case .table = entry.content else {
            pin.version = try version(entry)
            return pin
        }
        var isPinned = false
        for field in try entry.entries(known: ["version", "plugins"]) {
            if field.key == "version" {
                pin.version = try version(field)
                isPinned = true
            } else {
                pin.plugins = try plugins(field)
            }
        }
        guard isPinned else {
            throw entry.error(
                "\(entry.title) has no `version`",
                hints: ["add `version = \"...\"` with the one to use"])
        }
        return pin
    }

    private func version(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        let isExact =
            text.utf8.first.map(isASCIIAlphanumeric) == true
            && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-+!".utf8.contains($0) }
        guard isExact else {
            throw node.error(
                "\(node.title) is not one exact version: \(quoted(text))",
                hints: ["pin a version such as `1.2.3`, without `>=`, `~` or `*`"])
        }
        return text
    }

    /// Packages are handed to an installer, so one must not look like an option or hold blanks.
    private func plugins(_ node: Node) throws(ConfigurationError) -> [String] {
        var plugins: [String] = []
        for (text, item) in try node.strings() {
            let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            guard text.utf8.first.map(isASCIIAlphanumeric) == true, isPlain else {
                throw item.error("\(item.title) is not a package: \(quoted(text))")
            }
            plugins.append(text)
        }
        return plugins
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
        if let nearest = NearestMatch.of(job, among: own + known.jobs) {
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
