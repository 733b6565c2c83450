internal import Configuration

extension PreCommitConversion {
    // MARK: What all hooks have

    /// `files`, `exclude` and the types.
    ///
    /// - Parameters:
    ///   - types: the default types of the hook.
    ///   - own: globs of the default files of the hook.
    ///   - replaces: whether they must be written.
    package mutating func select(
        _ hook: Hook, _ job: inout Draft.Job, types: [String]?, files own: [String]? = nil,
        replaces: Bool
    ) {
        let top = file.top["files"]?.text.flatMap { $0.isEmpty ? nil : $0 }
        let files = [top, hook.expression("files")].compactMap { $0 }
        let isForOwn = own != nil && hook.expression("files") == nil
        if let own, isForOwn {
            if replaces { job["files"] = TOML.array(own) }
        } else if files.count == 2 {
            job["files"] = TOML.array(["regex:" + RegexTranslation.both(files[0], files[1])])
        } else if let only = files.first {
            let patterns = RegexTranslation.patterns(for: only)
            if patterns.isEmpty {
                draft.leaveOut("\(hook.title): `files: \(only)` matches nothing")
            }
            if patterns != ["**"] { job["files"] = TOML.array(patterns) }
        }
        let either = hook.said["types_or"]?.texts ?? []
        let all = (hook.said["types"]?.texts ?? []).filter { $0 != "file" || either.isEmpty }
        if !either.isEmpty { job["types"] = TOML.array(either) }
        if all.count == 1, either.isEmpty {
            job["types"] = TOML.array(all)
        } else if !all.isEmpty {
            job["all_types"] = TOML.array(all)
        } else if either.isEmpty, let types, replaces || job["files"] != nil {
            job["types"] = TOML.array(types)
        }
        if let none = hook.said["exclude_types"]?.texts, !none.isEmpty {
            job["exclude_types"] = TOML.array(none)
        }
        var exclude = [hook.expression("exclude"), file.top["exclude"]?.text]
            .compactMap { $0 }.filter { !$0.isEmpty }
            .flatMap { RegexTranslation.patterns(for: $0) }
        if let top, isForOwn { exclude.append("regex:" + RegexTranslation.not(top)) }
        if !exclude.isEmpty { job["exclude"] = TOML.array(exclude) }
    }

    package mutating func common(_ hook: Hook, _ job: inout Draft.Job) {
        // Its old name still works for `hooks run` and HOOKS_SKIP.
        if let alias = hook.said["alias"]?.text, alias != job.name, canBeTag(alias) {
            job["tags"] = TOML.array([alias])
        }
        if hook.said["pass_filenames"]?.flag == false { job["pass_files"] = "false" }
        if hook.said["require_serial"]?.flag == true { job["serial"] = "true" }
        if hook.said["fail_fast"]?.flag == true { job["fail_fast"] = "true" }
        if hook.said["always_run"]?.flag == true {
            if hook.said["pass_filenames"]?.flag == false {
                for key in ["files", "types", "all_types", "exclude_types", "exclude"] {
                    job[key] = nil
                }
                if !hook.isForEvents { job["always"] = "true" }
            } else {
                draft.leaveOut("\(hook.title): `always_run`; the job runs only if it has a file")
            }
        }
        let ignored = ["language_version", "log_file", "verbose"]
        for key in ignored where hook.said[key] != nil { draft.leaveOut("\(hook.title): `\(key)`") }
    }

    /// Adds the job to the draft, unless it is invalid.
    package mutating func keep(_ job: Draft.Job, _ hook: Hook) {
        var job = job
        if job["args"] != nil, names.fault(of: job) != nil {
            let args = job["args"]
            job["args"] = nil
            if names.fault(of: job) == nil {
                draft.leaveOut(
                    "\(hook.title): `args = \(args ?? "")`, which the job does not accept")
            } else {
                job["args"] = args
            }
        }
        if let fault = names.fault(of: job) {
            draft.leaveOut("\(hook.title): \(fault)")
            return
        }
        draft.jobs.append(job)
        for stage in stages(of: hook, as: job.name) {
            guard GitHook.named(stage)?.kind == .message, names.looksAtFiles(job) else {
                draft.add(job.name, to: stage)
                continue
            }
            // By `default_stages` it is said of everything, and meant for messages alone.
            if hook.said["stages"] != nil {
                draft.leaveOut("\(hook.title): the stage `\(stage)`; it looks at files")
            }
        }
    }

    /// The git hooks that it runs in.
    private mutating func stages(of hook: Hook, as name: String) -> [String] {
        let old = ["commit": "pre-commit", "push": "pre-push", "merge-commit": "pre-merge-commit"]
        var said = hook.said["stages"]?.texts ?? file.top["default_stages"]?.texts ?? []
        if said.isEmpty {
            said = installed.isEmpty ? ["pre-commit"] : installed.filter { $0 != "commit-msg" }
        }
        var stages: [String] = []
        for stage in said.map({ old[$0] ?? $0 }) {
            if stage == "manual" {
                draft.remark("`hooks run \(name)` runs what was in the stage `manual`")
            } else if Self.runsJobs(stage) {
                stages.append(stage)
            } else {
                draft.leaveOut("\(hook.title): the stage `\(stage)`")
            }
        }
        return stages
    }

    private func canBeTag(_ alias: String) -> Bool {
        let isPlain = alias.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || "._-".utf8.contains(byte)
        }
        return isPlain && alias.first.map { $0.isLetter || $0.isNumber } == true
            && !names.has(alias) && GitHook.named(alias) == nil
    }

    package func free(_ wanted: String) -> String {
        draft.freeName(wanted) { names.has($0) || GitHook.named($0) != nil }
    }
}
