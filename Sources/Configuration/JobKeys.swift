internal import Git
internal import Notation
internal import Reporting

extension JobSettings {
    /// The keys of `[jobs.NAME]`.
    static let table = Table<JobSettings>([
        Key(
            "run", .string,
            "The command, split into words as `sh` would, without expansion; no shell is involved. "
                + "`{files}` as a word of its own marks where the files go; otherwise they are appended. "
                + "A relative program with `/` is searched for where the job runs.",
            set: { $0.run = $1 }),
        Key(
            "check", .check, default: "the name",
            "The [built-in check](checks.md) that a job of another name is, so that one check can be "
                + "there twice, with other `args` or `files`.",
            set: { $0.check = $1 }),
        Key(
            "args", .strings, default: "`[]`",
            "Added after the tool's own arguments, before the files; for built-in checks their "
                + "options.",
            set: { $0.args = $1 }),
        Key(
            "shell", .boolean, default: "`false`",
            "`run` is a script for `sh -c`, with the files as `\"$@\"`.", set: { $0.shell = $1 }),
        Key(
            "files", .globs, default: "all",
            "The job gets the files that match any of them. Replaces a tool's `types`.",
            set: { $0.files = $1 }),
        Key(
            "types", .types, default: "all, or the tool's",
            "[File types](#file-types); a file must have any of them.", set: { $0.types = $1 }),
        Key(
            "all_types", .types, default: "`[]`",
            "File types; a file must have all of them, like `types` of pre-commit.",
            set: { $0.allTypes = $1 }),
        Key(
            "exclude_types", .types, default: "`[]`", "File types; a file must have none of them.",
            set: { $0.excludeTypes = $1 }),
        Key(
            "exclude", .globs, default: "`[]`", "Files that match any of them are left out.",
            set: { $0.exclude = $1 }),
        Key(
            "fixes", .boolean, default: "`false`, or the tool's",
            "Whether it may change the files that it gets. A job with `--fix`, `--write` or the "
                + "like in its command is a fixer too, unless this is `false`.",
            set: { $0.fixes = $1 }),
        Key(
            "timeout", .duration, default: "`\"5m\"`",
            "`500ms`, `30s`, `1m30s`, `2m`, `1h`. Then the job and everything that it "
                + "started are killed, first with TERM, then with KILL.",
            set: { $0.timeout = $1 }),
        Key(
            "leftovers", .choice(Leftovers.self), default: "`\"note\"`",
            "What the job leaves running is ended with it. `\"note\"`: a line names it. `\"fail\"`: the "
                + "job has failed.",
            set: { $0.leftovers = $1 }),
        Key(
            "env", .variables, default: "`{}`", "Variables added to its environment.",
            set: { $0.env = $1 }),
        Key(
            "run_in", .choice(RunIn.self), default: "as `reads` says",
            "`\"staged\"`: the [overlay](staging.md#overlay), for jobs that read their files "
                + "only. `\"checkout\"`: the [stage](staging.md#stage), a clone of exactly what is "
                + "staged. `\"worktree\"`: your working files as they are. Tools that look at single "
                + "files have the first, your own jobs and tools for the whole tree the second, and "
                + "jobs around events such as post-checkout the third.",
            set: { $0.runIn = $1 }),
        Key(
            "pass_files", .boolean, default: "`true`",
            "`false`: it gets no names, and runs once if anything that it selects is added, "
                + "changed or deleted, also a link or a submodule. A fixer may then change any "
                + "tracked file.",
            set: { $0.passFiles = $1 }),
        Key(
            "reads", .choice(Reads.self), default: "`\"tree\"`, tools `\"files\"`",
            "What it reads besides its files: `\"files\"`: only its configuration, and it runs in "
                + "the overlay; `\"tree\"`: anything, and it runs in the stage.",
            set: { $0.reads = $1 }),
        Key(
            "writes", .globs, default: "`[]`",
            "Tracked or new files that it creates or changes besides those that it gets; they are "
                + "staged like fixes.",
            set: { $0.writes = $1 }),
        Key(
            "always", .boolean, default: "`false`",
            "`true`: it runs on every commit, also on an empty one; needs `pass_files = false`.",
            set: { $0.always = $1 }),
        Key(
            "serial", .boolean, default: "`false`",
            "One process with all files, instead of one for each part of them.",
            set: { $0.serial = $1 }),
        Key(
            "skip", .choices(RepositoryState.self), default: "`[]`",
            "States of git in which the job does not run.", set: { $0.skip = $1 }),
        Key(
            "allow_empty", .boolean, default: "`false`",
            "Whether it is skipped if it has nothing to check, such as tests where there are "
                + "none; otherwise it fails. The default jobs are skipped then.",
            set: { $0.allowEmpty = $1 }),
        Key(
            "only", .globs, default: "all",
            "Branches on which it runs; on others, and with a detached HEAD, it is shown as "
                + "skipped. For a push it always runs.",
            set: { $0.only = $1 }),
        Key(
            "tags", .tags, default: "`[]`",
            "Names for groups of jobs, for `hooks run` and `HOOKS_SKIP`; a tag must not be "
                + "the name of a job or a git hook.",
            set: { $0.tags = $1 }),
        Key(
            "fail_fast", .boolean, default: "as at the top",
            "Whether the run ends if this job fails.", set: { $0.failFast = $1 }),
        Key(
            "inputs", .someGlobs, default: "the whole tree",
            "In a [phase](pipeline.md#phases), the files that it depends on. Its result is cached by "
                + "their content, and no other file is in its stage: a forgotten file is "
                + "missing.",
            set: { $0.inputs = $1 }),
        Key(
            "reads_env", .names, default: "all",
            "Variables that it depends on. Its result is cached by their values, unset is a value "
                + "too, and it gets no others except `PATH`, `HOME` and what every program needs.",
            set: { $0.readsEnv = $1 }),
        Key(
            "share", .folders, default: "`[\".venv\", \"node_modules\"]`",
            "Ignored folders at the top that are linked into its stage. In any other folder, a "
                + "change of a file's size or time runs the job again.",
            set: { $0.share = $1 }),
        Key(
            "quick", .text,
            "A shorter command, or arguments of a tool, for `hooks ship` and the push; "
                + "`hooks run PHASE` and the CI use the full one.",
            set: { $0.quick = $1 }),
        Key(
            "budget", .duration, default: "none",
            "A run that takes longer prints a note with its time; it never fails the job.",
            set: { $0.budget = $1 }),
    ])
}

extension Kind where Value == String {
    /// The name of a built-in check.
    fileprivate static var check: Self {
        Kind("a built-in check", type: { _ in [jsonType("string")] }) {
            (node, scope) throws(ConfigurationError) in
            let name = try node.string()
            guard scope.known.checks.contains(name) else {
                throw node.error(
                    "unknown built-in check \(quoted(name)) in \(node.title)",
                    hints: Node.suggestion(
                        for: scope.known.aliases[name] ?? name, among: scope.known.checks,
                        called: "checks"))
            }
            return name
        }
    }
}

extension Kind where Value == [String] {
    fileprivate static var types: Self {
        strings("file types") { (text, item, node, scope) throws(ConfigurationError) in
            guard scope.known.types.contains(text) else {
                throw item.error(
                    "unknown file type \(quoted(text)) in \(node.title)",
                    hints: Node.suggestion(for: text, among: scope.known.types, called: "types"))
            }
        }
    }

    /// Tags are used like names of jobs and hooks, so they must differ from them.
    fileprivate static var tags: Self {
        strings("names") { (text, item, _, scope) throws(ConfigurationError) in
            guard isPlainName(text) else { throw item.error("\(quoted(text)) cannot be a tag") }
            guard GitHook.named(text) == nil, !scope.known.jobs.contains(text) else {
                throw item.error(
                    "the tag \(quoted(text)) is the name of a job or a git hook",
                    hints: ["choose another, because `hooks run` and HOOKS_SKIP take both"]
                )
            }
        }
    }

    /// Names directly in the top folder: each becomes a link in the checkout.
    fileprivate static var folders: Self {
        strings("names") { (text, item, node, _) throws(ConfigurationError) in
            let isName = !text.isEmpty && !text.contains("/") && text != "." && text != ".."
            guard isName, text != ".git", !text.utf8.contains(0) else {
                throw item.error(
                    "\(quoted(text)) in \(node.title) is not the name of a folder at the top")
            }
        }
    }
}

extension Kind where Value == [JobSettings.Variable] {
    fileprivate static var variables: Self {
        Kind(
            "a table of strings",
            type: { _ in
                [
                    jsonType("object"),
                    ("additionalProperties", .object([jsonType("string")])),
                ]
            }
        ) { (node, _) throws(ConfigurationError) in
            var variables: [JobSettings.Variable] = []
            for entry in try node.entries() {
                guard !entry.key.isEmpty, !entry.key.utf8.contains(UInt8(ascii: "=")) else {
                    throw entry.error("\(quoted(entry.key)) cannot be the name of a variable")
                }
                variables.append(.init(name: entry.key, value: try entry.string()))
            }
            return variables.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        }
    }
}
