internal import Configuration
internal import Notation
internal import Reporting

/// Converts a `lefthook.yml` into a draft.
package struct LefthookConversion {
    private let top: YAML
    private let name: String
    private let names = CatalogueNames()
    private var draft: Draft

    /// The possible names of the file.
    package static let files = ["lefthook.yml", "lefthook.yaml", ".lefthook.yml", ".lefthook.yaml"]

    package init(_ text: [UInt8], file: String) throws(YAMLError) {
        top = try YAML(text, file: file)
        name = file
        draft = Draft(origin: "Converted from \(file) by `hooks init`.")
        guard let pairs = top.pairs, pairs.contains(where: { GitHook.namesOfGit.contains($0.key) })
        else {
            throw YAMLError(
                file: file,
                reason: "this is YAML, but not a lefthook configuration: it names no git hook")
        }
    }

    /// Settings of lefthook itself, which are ignored.
    private static let settings = [
        "min_version", "assert_lefthook_installed", "colors", "no_tty", "output", "skip_output",
        "rc", "source_dir", "source_dir_local", "lefthook",
    ]

    package mutating func converted() -> Draft {
        draft.mention("commit-msg")
        for (key, value) in top.pairs ?? [] {
            if let hook = GitHook.named(key), hook.runsJobs {
                convert(value, hook: key)
            } else if GitHook.namesOfGit.contains(key) {
                draft.leaveOut("`\(key)`: hooks does not support this git hook")
            } else if !Self.settings.contains(key) {
                draft.leaveOut("`\(key)` at the top: hooks has no equivalent")
            }
        }
        return draft
    }

    private mutating func convert(_ group: YAML, hook: String) {
        draft.mention(hook)
        let known = ["parallel", "commands", "jobs", "scripts", "piped", "skip", "only"]
        for (key, _) in group.pairs ?? [] where !known.contains(key) {
            draft.leaveOut("`\(key)` of \(hook)")
        }
        if group["piped"]?.flag == true { draft.failFast = true }
        for key in ["skip", "only"] where group[key] != nil {
            draft.remark("`\(key)` of \(hook) is now set for each of its jobs")
        }
        for (name, command) in Self.byPriority(group["commands"]?.pairs ?? []) {
            convert(command, name: name, hook: hook, within: group)
        }
        for (name, script) in group["scripts"]?.pairs ?? [] {
            convert(
                script: script, path: ".lefthook/\(hook)/\(name)", name: name, hook: hook,
                within: group)
        }
        convert(jobs: group["jobs"]?.items ?? [], hook: hook, within: group)
    }

    private static func byPriority(
        _ commands: [(key: String, value: YAML)]
    ) -> [(key: String, value: YAML)] {
        func rank(_ value: YAML) -> Int { value["priority"]?.text.flatMap { Int($0) } ?? .max }
        return commands.enumerated().sorted {
            (rank($0.element.value), $0.offset) < (rank($1.element.value), $1.offset)
        }.map(\.element)
    }

    private mutating func convert(jobs: [YAML], hook: String, within group: YAML) {
        for (position, job) in jobs.enumerated() {
            let name = job["name"]?.text ?? "\(hook)-\(position + 1)"
            if let inner = job["group"] {
                if inner["piped"]?.flag == true { draft.failFast = true }
                for key in ["glob", "root", "env", "exclude"] where job[key] != nil {
                    draft.leaveOut("`\(key)` of the group `\(name)`: set it for each of its jobs")
                }
                convert(jobs: inner["jobs"]?.items ?? [], hook: hook, within: group)
            } else if let script = job["script"]?.text {
                convert(
                    script: job, path: ".lefthook/\(hook)/\(script)", name: name, hook: hook,
                    within: group)
            } else {
                convert(job, name: name, hook: hook, within: group)
            }
        }
    }

    private mutating func convert(
        script: YAML, path: String, name: String, hook: String, within group: YAML
    ) {
        let runner = script["runner"]?.text
        var job = Draft.Job(name: free(name))
        job["run"] = TOML.string((runner.map { "\($0) " } ?? "") + shellWord(path))
        if GitHook.named(hook)?.kind != .message { job["pass_files"] = "false" }
        finish(script, &job, hook, within: group)
    }

    private mutating func convert(_ command: YAML, name: String, hook: String, within group: YAML) {
        guard let run = command["run"]?.text else {
            draft.leaveOut("`\(name)` of \(hook) has no `run`")
            return
        }
        var job = Draft.Job(name: free(name))
        guard translate(run, command, &job, hook: hook, title: "`\(name)` of \(hook)") else {
            return
        }
        finish(command, &job, hook, within: group)
    }

    private static let templates = [
        "{staged_files}", "{push_files}", "{all_files}", "{files}", "{1}",
    ]

    /// `run`, with variables instead of lefthook's placeholders for git's arguments; the first
    /// argument of a hook for messages is the job's file.
    private static func arguments(in run: String, of hook: String) -> String {
        guard let served = GitHook.named(hook), served.isEvent || served.kind == .message else {
            return run
        }
        return (served.isEvent ? 1...3 : 2...3).reduce(run) { text, position in
            text.replacing("{\(position)}", with: "$HOOKS_ARG_\(position)")
        }
    }

    /// `run`, with `{files}` or `"$@"` instead of lefthook's template for the files.
    private mutating func translate(
        _ run: String, _ command: YAML, _ job: inout Draft.Job, hook: String, title: String
    ) -> Bool {
        let run = Self.arguments(in: run, of: hook)
        let used = Self.templates.filter { run.contains($0) }
        guard used.count <= 1 else {
            draft.leaveOut("\(title): two templates in one `run`")
            return false
        }
        if command["files"] != nil {
            draft.leaveOut("\(title): `files`; a job gets the staged or pushed files")
        }
        if used == ["{all_files}"] {
            draft.remark(
                "[jobs.\(job.name)] gets the files of the commit; `hooks run \(job.name) --all` passes all files"
            )
        }
        let text = used.first.map { run.replacing($0, with: "{files}") } ?? run
        let rest = text.replacing("{files}", with: "")
        if rest.contains("{cmd}") || rest.contains("{0}") || rest.contains("{lefthook_job_name}") {
            draft.leaveOut("\(title): a template that does not stand for files")
            return false
        }
        let needsShell =
            rest.contains { "|&;<>()$`*?~\n#".contains($0) } || (try? Words(text)) == nil
            || rest.split(separator: " ").first?.contains("=") == true
        job["run"] = TOML.string(
            needsShell ? text.replacing("{files}", with: "\"$@\"") : text)
        if needsShell { job["shell"] = "true" }
        if used.isEmpty { job["pass_files"] = "false" }
        if let root = command["root"]?.text, root != "." {
            draft.leaveOut("\(title): `root: \(root)`; write a hooks.toml in that folder")
            return false
        }
        return true
    }

    private mutating func finish(
        _ command: YAML, _ job: inout Draft.Job, _ hook: String, within group: YAML
    ) {
        let title = "`\(job.name)` of \(hook)"
        let globs = (command["glob"]?.texts ?? []).flatMap(Self.globs)
        if !globs.isEmpty { job["files"] = TOML.array(globs) }
        if let types = command["file_types"]?.texts, !types.isEmpty {
            job["types"] = TOML.array(types.map { $0 == "file" ? "file" : $0 })
        }
        let exclude: [String] =
            command["exclude"]?.items.map { $0.compactMap(\.text).flatMap(Self.globs) }
            ?? command["exclude"]?.text.map { RegexTranslation.patterns(for: $0) } ?? []
        if !exclude.isEmpty { job["exclude"] = TOML.array(exclude) }
        if command["stage_fixed"]?.flag == true { job["fixes"] = "true" }
        if let tags = command["tags"], !tags.texts.isEmpty {
            job["tags"] = TOML.array(
                tags.texts.flatMap { $0.split(separator: " ").map(String.init) })
        }
        if let env = command["env"]?.pairs, !env.isEmpty {
            let fields = env.map { "\(TOML.key($0.key)) = \(TOML.string($0.value.text ?? ""))" }
            job["env"] = "{ \(fields.joined(separator: ", ")) }"
        }
        if command["interactive"]?.flag == true || command["use_stdin"]?.flag == true {
            draft.leaveOut(
                "\(title): `interactive` and `use_stdin`; jobs have no terminal and no input")
        }
        for key in ["fail_text", "follow"] where command[key] != nil {
            draft.leaveOut("\(title): `\(key)`")
        }
        var isOff = false
        for source in [group, command] {
            skip(source["skip"], &job, title, &isOff)
            only(source["only"], &job, title)
        }
        if let fault = names.fault(of: job) {
            draft.leaveOut("\(title): \(fault)")
            return
        }
        draft.jobs.append(job)
        if !isOff { draft.add(job.name, to: hook) }
    }

    private mutating func skip(
        _ skip: YAML?, _ job: inout Draft.Job, _ title: String, _ isOff: inout Bool
    ) {
        guard let skip else { return }
        if skip.flag == true {
            isOff = true
            draft.remark(
                "[jobs.\(job.name)] is in no git hook (`skip: true`); `hooks run \(job.name)` runs it"
            )
            return
        }
        var states: [String] = []
        for item in skip.items ?? [skip] {
            switch item.text {
            case let state? where ["merge", "rebase"].contains(state): states.append(state)
            case "merge-commit"?: states.append("merge")
            default:
                draft.leaveOut(
                    "\(title): a condition of `skip`; `only` names the branches where a job runs")
            }
        }
        if !states.isEmpty { job["skip"] = TOML.array(states) }
    }

    private mutating func only(_ only: YAML?, _ job: inout Draft.Job, _ title: String) {
        guard let only else { return }
        var branches: [String] = []
        for item in only.items ?? [only] {
            if let ref = item["ref"]?.text {
                branches.append(ref)
            } else {
                draft.leaveOut("\(title): a condition of `only` that names no branch")
            }
        }
        if !branches.isEmpty { job["only"] = TOML.array(branches) }
    }

    /// lefthook's `*` crosses folders.
    private static func globs(_ pattern: String) -> [String] {
        guard pattern.contains("/"), !pattern.contains("**") else { return [pattern] }
        return [pattern.replacing("*", with: "**")]
    }

    private func free(_ wanted: String) -> String {
        draft.freeName(wanted) { names.has($0) || GitHook.namesOfGit.contains($0) }
    }
}
