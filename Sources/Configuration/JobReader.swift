/// Reads one `[jobs.NAME]`.
struct JobReader {
    static let keys = SchemaKey.ofJob.map(\.name)

    let known: KnownNames

    func job(_ table: Node) throws(ConfigurationError) -> JobSettings {
        var job = JobSettings(line: table.line)
        let entries = try table.entries(known: Self.keys)
        for entry in entries {
            switch entry.key {
            case "run": job.run = try entry.string()
            case "args": job.args = try entry.strings().map(\.text)
            case "files": job.files = try entry.globs()
            case "types": job.types = try types(entry)
            case "all_types": job.allTypes = try types(entry)
            case "exclude_types": job.excludeTypes = try types(entry)
            case "exclude": job.exclude = try entry.globs()
            case "fixes": job.fixes = try entry.boolean()
            case "timeout": job.timeout = try entry.duration()
            case "env": job.env = try environment(entry)
            case "shell": job.shell = try entry.boolean()
            case "run_in": job.runIn = try entry.choice(JobSettings.RunIn.self)
            case "pass_files": job.passFiles = try entry.boolean()
            case "reads": job.reads = try entry.choice(JobSettings.Reads.self)
            case "writes": job.writes = try entry.globs()
            case "always": job.always = try entry.boolean()
            case "serial": job.serial = try entry.boolean()
            case "only": job.only = try entry.globs()
            case "tags": job.tags = try tags(entry)
            case "fail_fast": job.failFast = try entry.boolean()
            case "allow_empty": job.allowEmpty = try entry.boolean()
            case "inputs": job.inputs = try inputs(entry)
            case "share": job.share = try folders(entry)
            case "budget": job.budget = try entry.duration()
            case "quick": job.quick = try quick(entry)
            case "reads_env": job.readsEnv = try entry.globs()
            default: job.skip = try states(entry)
            }
        }
        if let always = entries.first(where: { $0.key == "always" }), job.always == true,
            job.passFiles != false
        {
            throw always.error(
                "\(always.title) needs `pass_files = false`",
                hints: ["a job that runs when nothing is changed can be given no names"])
        }
        if let run = entries.first(where: { $0.key == "run" }) {
            try checkOwn(table, job, run)
        } else {
            try checkCatalogue(table, entries)
        }
        return job
    }

    /// A job with `run` is the project's own.
    private func checkOwn(_ table: Node, _ job: JobSettings, _ run: Node) throws(ConfigurationError)
    {
        guard !known.jobs.contains(table.key) || known.replaceable.contains(table.key) else {
            throw run.error(
                "\(quoted(table.key)) is a catalogue job and takes no `run`",
                hints: ["change it with `args`, or give your own job another name"])
        }
        let text = try run.string()
        guard job.shell == true else {
            try checkWords(text, job, run)
            return
        }
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw run.error("\(run.title) is empty")
        }
        guard !text.contains(Words.files) else {
            throw run.error(
                "\(run.title) holds `{files}`, which `shell = true` does not replace",
                hints: ["write `\"$@\"` where the files go"])
        }
    }

    /// A script is left to `sh`; without one the words are known now.
    private func checkWords(_ text: String, _ job: JobSettings, _ run: Node)
        throws(ConfigurationError)
    {
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw run.error("\(run.title) is empty")
        }
        do throws(WordsError) {
            let words = try Words(text)
            guard !words.placesFiles || job.passFiles != false else {
                throw WordsError(reason: "`{files}` contradicts `pass_files = false`")
            }
        } catch {
            throw run.error("\(run.title) is not a command: \(error.reason)")
        }
    }

    /// A job without `run` changes one of the catalogue.
    private func checkCatalogue(_ table: Node, _ entries: [Node]) throws(ConfigurationError) {
        guard known.jobs.contains(table.key) else {
            var hints = ["give it a command: `run = \"...\"`"]
            if let nearest = known.nearestJob(to: table.key) {
                hints.insert("did you mean `\(nearest)`?", at: 0)
            }
            throw table.error(
                "\(quoted(table.key)) is no catalogue job and has no `run`", hints: hints)
        }
        if let shell = entries.first(where: { $0.key == "shell" }) {
            throw shell.error("\(shell.title) means nothing without `run`")
        }
    }
}

extension JobReader {
    private func types(_ node: Node) throws(ConfigurationError) -> [String] {
        var types: [String] = []
        for (text, item) in try node.strings() {
            guard known.types.contains(text) else {
                throw item.error(
                    "unknown file type \(quoted(text)) in \(node.title)",
                    hints: Node.suggestion(for: text, among: known.types, called: "types"))
            }
            types.append(text)
        }
        return types
    }

    /// Tags stand where jobs and hooks do, so they must not be taken for one.
    private func tags(_ node: Node) throws(ConfigurationError) -> [String] {
        var tags: [String] = []
        for (text, item) in try node.strings() {
            let isPlain =
                text.utf8.first.map(isASCIIAlphanumeric) == true
                && text.utf8.allSatisfy { isASCIIAlphanumeric($0) || "._-".utf8.contains($0) }
            guard isPlain else { throw item.error("\(quoted(text)) cannot be a tag") }
            guard HookName(rawValue: text) == nil, !known.jobs.contains(text) else {
                throw item.error(
                    "the tag \(quoted(text)) is the name of a job or a git hook",
                    hints: ["choose another, so that `hooks run` and HOOKS_SKIP know what is meant"]
                )
            }
            tags.append(text)
        }
        return tags
    }

    /// An empty list would leave nothing to look at.
    private func inputs(_ node: Node) throws(ConfigurationError) -> [Glob] {
        let globs = try node.globs()
        guard !globs.isEmpty else { throw node.error("\(node.title) is empty") }
        return globs
    }

    /// Names directly in the top folder: a link in the checkout stands for each.
    private func folders(_ node: Node) throws(ConfigurationError) -> [String] {
        var folders: [String] = []
        for (text, item) in try node.strings() {
            let isName = !text.isEmpty && !text.contains("/") && text != "." && text != ".."
            guard isName, text != ".git", !text.utf8.contains(0) else {
                throw item.error(
                    "\(quoted(text)) in \(node.title) is not the name of a folder at the top")
            }
            folders.append(text)
        }
        return folders
    }

    private func quick(_ node: Node) throws(ConfigurationError) -> String {
        let text = try node.string()
        guard text.utf8.contains(where: { $0 > 0x20 }) else {
            throw node.error("\(node.title) is empty")
        }
        return text
    }

    private func environment(_ node: Node) throws(ConfigurationError) -> [JobSettings.Variable] {
        var variables: [JobSettings.Variable] = []
        for entry in try node.entries() {
            guard !entry.key.isEmpty, !entry.key.utf8.contains(UInt8(ascii: "=")) else {
                throw entry.error("\(quoted(entry.key)) cannot be the name of a variable")
            }
            variables.append(.init(name: entry.key, value: try entry.string()))
        }
        return variables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    }

    private func states(_ node: Node) throws(ConfigurationError) -> [JobSettings.RepositoryState] {
        guard case .array(let items) = node.content else {
            _ = try node.strings()
            return []
        }
        var states: [JobSettings.RepositoryState] = []
        for item in items {
            states.append(try item.choice(JobSettings.RepositoryState.self))
        }
        return states
    }
}

extension Node {
    /// A length of time, longer than nothing.
    ///
    /// - Parameter complaint: what to say of a value that is no string.
    func duration(
        else complaint: String = "must be a string with a unit"
    ) throws(ConfigurationError) -> Duration {
        let hints = ["write it as `500ms`, `30s`, `1m30s`, `2m` or `1h`"]
        guard case .string(let text) = content else {
            throw error("\(title) \(complaint)", hints: hints)
        }
        guard let duration = Duration(spelled: text) else {
            throw error("\(title) is not a duration: \(quoted(text))", hints: hints)
        }
        guard duration > .zero else {
            throw error("\(title) must be longer than nothing", hints: hints)
        }
        return duration
    }
}

extension Duration {
    /// Numbers with a unit each, the larger unit first: `1h`, `1m30s`, `500ms`; `nil` for anything
    /// else.
    init?(spelled text: String) {
        let units: [(name: String, length: Duration)] = [
            ("h", .seconds(3600)), ("m", .seconds(60)), ("s", .seconds(1)),
            ("ms", .milliseconds(1)),
        ]
        var rest = Substring(text).utf8
        var smallest = -1
        var total = Duration.zero
        while !rest.isEmpty {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { !(0x30...0x39).contains($0) }
            rest = rest.dropFirst(unit.count)
            // Nine digits of hours are far from overflow.
            guard (1...9).contains(digits.count), let number = Int(Substring(digits)),
                let position = units.firstIndex(where: { $0.name.utf8.elementsEqual(unit) }),
                position > smallest
            else { return nil }
            smallest = position
            total += units[position].length * number
        }
        guard smallest >= 0 else { return nil }
        self = total
    }
}
