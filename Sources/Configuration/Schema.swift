package import Reporting

/// A key of the file, as the reader and the JSON Schema know it.
struct SchemaKey {
    enum Kind {
        case string, boolean, strings, duration, variables
        case choice([String])
        case choices([String])
    }

    var name: String
    var kind: Kind
    var summary: String

    init(_ name: String, _ kind: Kind, _ summary: String) {
        (self.name, self.kind, self.summary) = (name, kind, summary)
    }

    /// The keys of `[jobs.NAME]`.
    static let ofJob: [SchemaKey] = [
        SchemaKey("run", .string, "The command; `{files}` marks where the files go."),
        SchemaKey("args", .strings, "Arguments behind those of the tool, before the files."),
        SchemaKey("files", .strings, "Globs; the job is given files that any of them fits."),
        SchemaKey("types", .strings, "File types; any of them."),
        SchemaKey("exclude", .strings, "Globs; files that any of them fits are left out."),
        SchemaKey("fixes", .boolean, "May change the files that it is given."),
        SchemaKey("timeout", .duration, "After this it is ended: `30s`, `2m`."),
        SchemaKey("env", .variables, "Variables added to its environment."),
        SchemaKey("shell", .boolean, "`run` is a script for `sh -c`, with the files as \"$@\"."),
        SchemaKey(
            "run_in", .choice(JobSettings.RunIn.allCases.map(\.rawValue)),
            "Which files the job finds around it."),
        SchemaKey("pass_files", .boolean, "Whether it gets the names of its files."),
        SchemaKey(
            "reads", .choice(JobSettings.Reads.allCases.map(\.rawValue)),
            "What it looks at besides its files."),
        SchemaKey(
            "writes", .strings,
            "Tracked files that the job may change beside those that it is given."),
        SchemaKey(
            "always", .boolean,
            "Runs on every commit, whatever it holds; needs `pass_files = false`."),
        SchemaKey("serial", .boolean, "One process at a time, with all files."),
        SchemaKey(
            "skip", .choices(JobSettings.RepositoryState.allCases.map(\.rawValue)),
            "States of the repository in which it does not run."),
        SchemaKey("allow_empty", .boolean, "Whether finding nothing to work on passes."),
        SchemaKey("all_types", .strings, "File types; all of them."),
        SchemaKey("exclude_types", .strings, "File types; files with any of them are left out."),
        SchemaKey("only", .strings, "Branches on which it runs, as globs."),
        SchemaKey("tags", .strings, "Names that stand for all jobs that have them."),
        SchemaKey("fail_fast", .boolean, "Whether the run ends when it fails."),
        SchemaKey("inputs", .strings, "Globs of all files that it depends on, in a phase."),
        SchemaKey("reads_env", .strings, "Variables that it depends on, as globs."),
        SchemaKey("share", .strings, "Ignored folders that its checkout has too."),
        SchemaKey("quick", .string, "What is run for somebody who waits."),
        SchemaKey("budget", .duration, "Longer than this is said: `30s`, `2m`."),
    ]

    /// The keys at the top that are no tables.
    static let ofTop: [SchemaKey] = [
        SchemaKey("requires", .string, "The oldest hooks that may run this file."),
        SchemaKey("fail_fast", .boolean, "Whether the first job that fails ends the run."),
        SchemaKey("nested", .strings, "Folders that have a hooks.toml of their own."),
    ]

    /// The keys of `[protect]`.
    static let ofProtect: [SchemaKey] = [
        SchemaKey(
            "branches", .strings, "Branches that take no direct commit and no push, as globs."),
        SchemaKey("strict", .boolean, "Also against every other way of moving them."),
    ]

    /// The tables of the file.
    static let tables = [
        "protect", "tools", "jobs", "hooks", "fix", "phases", "ship", "ci", "log",
    ]

    var schema: JSON {
        var members: [(key: String, value: JSON)]
        switch kind {
        case .string, .duration: members = [("type", .string("string"))]
        case .boolean: members = [("type", .string("boolean"))]
        case .strings: members = [("type", .string("array")), ("items", Self.type("string"))]
        case .variables:
            members = [("type", .string("object")), ("additionalProperties", Self.type("string"))]
        case .choice(let values): members = [("enum", .array(values.map { .string($0) }))]
        case .choices(let values):
            let items = JSON.object([("enum", .array(values.map { .string($0) }))])
            members = [("type", .string("array")), ("items", items)]
        }
        if case .duration = kind {
            members.append(("pattern", .string("^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$")))
        }
        return .object([("description", .string(summary))] + members)
    }

    static func type(_ name: String) -> JSON { .object([("type", .string(name))]) }
}

extension KnownNames {
    /// The JSON Schema of `hooks.toml`, for editors.
    package var schema: JSON {
        func table(_ keys: [SchemaKey]) -> JSON { Self.table(keys.map { ($0.name, $0.schema) }) }
        let names = JSON.object([("type", .string("array")), ("items", SchemaKey.type("string"))])
        let job = table(SchemaKey.ofJob)
        let jobs = JSON.object([
            ("type", .string("object")),
            (
                "properties",
                .object(self.jobs.map { ($0, JSON.object([("$ref", .string("#/$defs/job"))])) })
            ),
            ("additionalProperties", .object([("$ref", .string("#/$defs/job"))])),
        ])
        let policy = SchemaKey(
            "on_commit", .choice(FixPolicy.OnCommit.allCases.map(\.rawValue)),
            "What happens once fixers have changed files.")
        let tables: [(key: String, value: JSON)] = [
            ("protect", table(SchemaKey.ofProtect)), ("tools", toolsSchema), ("jobs", jobs),
            ("hooks", Self.table(HookName.allCases.map { ($0.rawValue, names) })),
            ("fix", table([policy])),
            (
                "phases",
                .object([("type", .string("object")), ("additionalProperties", names)])
            ),
        ]
        return .object([
            ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
            ("title", .string("hooks.toml")), ("type", .string("object")),
            (
                "properties",
                .object(
                    SchemaKey.ofTop.map { ($0.name, $0.schema) } + tables
                        + SectionReader.pipelineKeys.map { ($0.table, table($0.keys)) })
            ), ("additionalProperties", .boolean(false)), ("$defs", .object([("job", job)])),
        ])
    }

    private var toolsSchema: JSON {
        let texts = JSON.object([("type", .string("array")), ("items", SchemaKey.type("string"))])
        let pin = JSON.object([
            ("type", .string("object")),
            (
                "properties",
                .object([
                    ("version", SchemaKey.type("string")), ("package", SchemaKey.type("string")),
                    ("extras", texts), ("plugins", texts),
                ])
            ), ("required", .array([.string("version")])),
            ("additionalProperties", .boolean(false)),
        ])
        let either = JSON.object([("anyOf", .array([SchemaKey.type("string"), pin]))])
        return .object([
            ("type", .string("object")),
            (
                "properties",
                .object(
                    tools.map { ($0, either) } + [
                        (
                            "warm",
                            .object([("type", .array([.string("boolean"), .string("string")]))])
                        )
                    ])
            ), ("additionalProperties", pin),
        ])
    }

    private static func table(_ entries: [(key: String, value: JSON)]) -> JSON {
        .object([
            ("type", .string("object")), ("properties", .object(entries)),
            ("additionalProperties", .boolean(false)),
        ])
    }
}
