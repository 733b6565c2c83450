internal import Configuration
internal import Notation
internal import Reporting

/// Converts a pre-commit configuration into a draft.
package struct PreCommitConversion {
    package let file: PreCommitFile
    package let names = CatalogueNames()
    package var draft = Draft(origin: "Converted from \(PreCommitFile.name) by `hooks init`.")

    package init(_ file: PreCommitFile) { self.file = file }

    package typealias Hook = PreCommitFile.Hook

    package mutating func converted() -> Draft {
        draft.failFast = file.top["fail_fast"]?.flag == true
        for hook in ["pre-commit"] + installed.filter(Self.runsJobs) { draft.mention(hook) }
        draft.mention("commit-msg")
        for hook in file.hooks { convert(hook) }
        for (key, _) in file.top.pairs ?? [] where !Self.topKeys.contains(key) {
            draft.leaveOut("`\(key)` at the top: hooks has no equivalent")
        }
        for key in ["default_language_version", "exclude_types"] where file.top[key] != nil {
            draft.leaveOut(
                "`\(key)`: tools run with the Python that `hooks tools sync` uses (`--python PATH`)"
            )
        }
        draft.namePackagesOnce()
        return draft
    }

    private static let topKeys = [
        "repos", "files", "exclude", "fail_fast", "default_stages", "default_install_hook_types",
        "default_language_version", "minimum_pre_commit_version", "ci",
    ]

    /// The git hooks that `pre-commit install` would write.
    package var installed: [String] { file.top["default_install_hook_types"]?.texts ?? [] }

    /// Whether jobs can be listed for a git hook.
    package static func runsJobs(_ hook: String) -> Bool { GitHook.named(hook)?.runsJobs == true }

    private mutating func convert(_ hook: Hook) {
        if hook.repository == "meta" {
            draft.remark("\(hook.title) is not needed: unknown names and keys are errors here")
        } else if hook.id == "no-commit-to-branch" {
            protect(hook)
        } else if hook.repository == "local" {
            convertLocal(hook)
        } else if hook.said["entry"] != nil {
            convertEntry(of: hook)
        } else if let entry = KnownHooks.jobs[hook.id] ?? own(hook.id) {
            convert(hook, to: entry)
        } else if let program = KnownHooks.programs[hook.id] {
            convert(hook, to: program)
        } else {
            draft.leaveOut(
                "\(hook.title): unknown to hooks; define a job of your own with its command")
        }
    }

    /// A hook with the name of a job.
    package func own(_ id: String) -> KnownHooks.Entry? {
        if names.has(id) { return KnownHooks.Entry(id) }
        return JobAliases.job(for: id).map { KnownHooks.Entry($0) }
    }

    private mutating func protect(_ hook: Hook) {
        let words = hook.said["args"]?.texts ?? []
        var branches: [String] = []
        var rest = words[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                .map(String.init)
            let value = parts.count > 1 ? parts[1] : rest.popFirst() ?? ""
            let pattern: String? =
                switch parts[0] {
                case "--branch", "-b": value
                case "--pattern", "-p": "regex:^(?:\(value))"
                default: nil
                }
            if let pattern, (try? Glob(pattern)) != nil {
                branches.append(pattern)
            } else {
                draft.leaveOut("\(hook.title): `\(word)`")
            }
        }
        draft.branches += branches.isEmpty ? ["main", "master"] : branches
        draft.remark("`no-commit-to-branch` is [protect] now, which also stops pushes")
    }

    // MARK: Jobs of the catalogue

    package mutating func convert(_ hook: Hook, to entry: KnownHooks.Entry) {
        guard names.has(entry.job) else {
            draft.leaveOut(
                "\(hook.title): there is no job `\(entry.job)` yet; define a job of your own with its command"
            )
            return
        }
        if let package = entry.package {
            // A PyPI package that wraps a program has its own versions.
            if !package.hasSuffix("-py") || hook.repository.hasSuffix(package) {
                pin(hook, package, extras: entry.extras)
            } else {
                if hook.repository != "local" {
                    draft.leaveOut(
                        "\(hook.title): its version; pin `\(package)` in [tools], or install \(hook.id)"
                    )
                }
                leaveOutDependencies(hook)
            }
        } else {
            leaveOutPackages(of: hook, for: entry.job)
        }
        var job = Draft.Job(name: entry.job)
        let isAnother = draft.jobs.contains { $0.name == entry.job }
        let words = arguments(of: hook, entry, &job)
        if isAnother {
            let command = names.command(of: entry.job)
            let name = command == nil ? entry.job : hook.id
            job = Draft.Job(name: free(hook.said["alias"]?.text ?? name))
            if let command {
                let all = (command + words).map { shellWord($0) }
                job["run"] = TOML.string(all.joined(separator: " "))
                if names.isFixer(entry.job) { job["fixes"] = "true" }
                job["reads"] = TOML.string("files")
            } else {
                job["check"] = TOML.string(entry.job)
            }
        }
        if !words.isEmpty, job["run"] == nil { job["args"] = TOML.array(words) }
        let own = names.types(of: entry.job)
        let differs = entry.types.map { Set($0) != Set(own ?? []) } ?? false
        select(
            hook, &job, types: entry.types ?? own, files: names.files(of: entry.job),
            replaces: job["run"] != nil || differs)
        common(hook, &job)
        keep(job, hook)
    }

    /// The arguments, without those that prevent changes, or that cause changes that the
    /// catalogue's job makes anyway.
    private mutating func arguments(
        of hook: Hook, _ entry: KnownHooks.Entry, _ job: inout Draft.Job
    ) -> [String] {
        let name = entry.job
        let isOwn = hook.repository == "local"
        var words = hook.said["args"]?.texts ?? (isOwn ? [] : entry.arguments)
        if names.isFixer(name) {
            let idle = words.filter { ["--check", "--check-only", "--diff", "-c"].contains($0) }
            for word in idle where word != "-c" || name == "isort" {
                words.removeAll { $0 == word }
                draft.leaveOut(
                    "\(hook.title): `\(word)`; the job fixes files here, and `hooks fix --check` only reports"
                )
            }
        }
        if name == "ruff-check" {
            let fixes = words.contains("--fix")
            words.removeAll { ["--fix", "--exit-non-zero-on-fix", "--no-fix"].contains($0) }
            if !fixes {
                words.append("--no-fix")
                job["fixes"] = "false"
            }
        }
        words.removeAll { $0 == "--filter-files" && name == "isort" }
        return words
    }

    package mutating func pin(_ hook: Hook, _ package: String, extras: [String] = []) {
        var extras = extras
        guard let version = version(of: package, for: hook) else {
            if hook.repository != "local" {
                let reason =
                    hook.version == nil
                    ? "is not a version"
                    : "is a version of that repository, and not of \(package)"
                draft.leaveOut(
                    "\(hook.title): `rev: \(hook.rev ?? "")` \(reason); pin `\(package)` in [tools]"
                )
            }
            leaveOutDependencies(hook)
            return
        }
        var plugins: [String] = []
        for dependency in hook.said["additional_dependencies"]?.texts ?? [] {
            let isPlain = dependency.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            let isSelf = packageName(dependency) == packageName(package) || dependency == "."
            if isSelf, let own = Self.extras(of: dependency) {
                extras += own.filter { !extras.contains($0) }
                continue
            }
            if isPlain, !isSelf, dependency.first?.isLetter == true, !dependency.contains("://") {
                plugins.append(dependency)
            } else {
                draft.leaveOut("\(hook.title): additional dependency `\(dependency)`")
            }
        }
        draft.pin(
            Pin(name: package, version: version, extras: extras, plugins: plugins))
    }

    /// The extras of a requirement such as `black[jupyter]`; nil if it names none.
    private static func extras(of requirement: String) -> [String]? {
        guard let start = requirement.firstIndex(of: "["), requirement.last == "]" else {
            return nil
        }
        let names = requirement[requirement.index(after: start)...].dropLast().split(separator: ",")
            .map { String($0.filter { $0 != " " }) }
        let isPlain = names.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { (0x30...0x7A).contains($0) || $0 == 0x2D }
                && name.first?.isLetter == true
        }
        return isPlain ? names : nil
    }

    /// The version of its tool that a hook runs; nil if it is unknown.
    private func version(of package: String, for hook: Hook) -> String? {
        guard hook.repository == "local" else {
            return hook.isTaggedLike(package) ? hook.version : nil
        }
        // A local hook of pre-commit installs its dependencies.
        let words = hook.said["additional_dependencies"]?.texts ?? []
        let own = words.first { packageName($0) == packageName(package) && $0.contains("==") }
        return own.flatMap { word in
            word.firstRange(of: "==").map { String(word[$0.upperBound...]) }
        }.flatMap { isExactVersion($0) ? $0 : nil }
    }

    /// Reports every package that a hook needs besides its tool as not converted.
    private mutating func leaveOutDependencies(_ hook: Hook) {
        for dependency in hook.said["additional_dependencies"]?.texts ?? [] {
            draft.leaveOut(
                "\(hook.title): additional dependency `\(dependency)`; name it in `plugins` of the pin"
            )
        }
    }

    /// A tool that is not a Python package comes from the project's own packages or from the
    /// system.
    private mutating func leaveOutPackages(of hook: Hook, for job: String) {
        guard hook.repository != "local", let program = names.command(of: job)?.first else {
            return
        }
        let packages = hook.said["additional_dependencies"]?.texts ?? []
        let wanted =
            packages.isEmpty
            ? "its version \(hook.rev ?? "")"
            : packages.map { "`\($0)`" }.joined(separator: ", ")
        draft.leaveOut("\(hook.title): \(wanted); install `\(program)` with it for the project")
    }

    // MARK: Other programs

    private mutating func convert(_ hook: Hook, to program: KnownHooks.Program) {
        pin(hook, program.package)
        var job = Draft.Job(name: free(hook.said["alias"]?.text ?? hook.id))
        let words = [program.run] + (hook.said["args"]?.texts ?? [])
        job["run"] = TOML.string(words.map { shellWord($0) }.joined(separator: " "))
        if program.fixes { job["fixes"] = "true" }
        select(
            hook, &job, types: program.types.isEmpty ? nil : program.types,
            files: KnownHooks.files[hook.id], replaces: true)
        common(hook, &job)
        keep(job, hook)
    }

    private mutating func convertLocal(_ hook: Hook) {
        if convertCatalogued(hook) { return }
        var job = Draft.Job(name: free(hook.said["alias"]?.text ?? hook.id))
        job.comment = hook.said["name"]?.text.map {
            $0.split(whereSeparator: \.isNewline).joined(separator: " ")
        }
        guard command(hook, &job) else { return }
        select(hook, &job, types: nil, replaces: true)
        common(hook, &job)
        keep(job, hook)
    }

    /// A local hook that calls a tool of the catalogue by its name: the job, and its added
    /// arguments.
    package func catalogued(_ hook: Hook) -> (KnownHooks.Entry, [String])? {
        guard let entry = KnownHooks.jobs[hook.id], let text = hook.said["entry"]?.text,
            let said = try? Words.split(text), let command = names.command(of: entry.job),
            said.first == command.first
        else { return nil }
        var rest = said.dropFirst()
        // `ruff check` and `ruff format` are two tools of one program.
        if let verb = command.dropFirst().first, !verb.hasPrefix("-") {
            guard rest.popFirst() == verb else { return nil }
        }
        return (entry, Array(rest))
    }

    /// Converts the command of a local hook; false if that is not possible.
    private mutating func command(_ hook: Hook, _ job: inout Draft.Job) -> Bool {
        let entry = hook.said["entry"]?.text ?? hook.id
        let args = hook.said["args"]?.texts ?? []
        switch hook.said["language"]?.text ?? "system" {
        case "system", "unsupported": run(entry, args, hook, &job)
        case "script", "unsupported_script":
            run(entry.contains("/") ? entry : "./" + entry, args, hook, &job)
        case "python":
            run(entry, args, hook, &job)
            for dependency in hook.said["additional_dependencies"]?.texts ?? [] {
                let parts = dependency.split(separator: "=", omittingEmptySubsequences: false)
                if parts.count == 3, parts[1].isEmpty, parts[2].first?.isNumber == true {
                    let name = String(parts[0])
                    draft.pin(Pin(name: name, version: String(parts[2])))
                } else {
                    draft.leaveOut(
                        "\(hook.title): dependency `\(dependency)` without a version; install it in the project's .venv"
                    )
                }
            }
        case "pygrep": return search(entry, args, hook, &job)
        case "fail":
            job["run"] = TOML.string("printf '%s\\n' \(shellWord(entry)) \"$@\"; exit 1")
            job["shell"] = "true"
        case let language:
            draft.leaveOut(
                "\(hook.title): hooks creates no environments for `\(language)`; define a job of your own with its command"
            )
            return false
        }
        return true
    }

    package mutating func run(
        _ entry: String, _ args: [String], _ hook: Hook, _ job: inout Draft.Job
    ) {
        job["run"] = TOML.string(([entry] + args.map { shellWord($0) }).joined(separator: " "))
        let words = [hook.id, hook.said["name"]?.text ?? "", entry].joined(separator: " ")
            .lowercased()
        let signs = [
            "fix", "format", "fmt", "sort", "write", "upgrade", "update", "black", "sed -i",
        ]
        guard hook.said["pass_filenames"]?.flag != false, signs.contains(where: words.contains)
        else { return }
        job["fixes"] = "true"
        draft.remark(
            "[jobs.\(job.name)] is taken for a fixer because of its name; remove `fixes` if it is not one"
        )
    }

    /// A search for an expression, by `grep`, whose expressions are nearly those of Python.
    private mutating func search(
        _ entry: String, _ args: [String], _ hook: Hook, _ job: inout Draft.Job
    ) -> Bool {
        guard !args.contains("--multiline") else {
            draft.leaveOut("\(hook.title): `--multiline`; `grep` matches one line at a time")
            return false
        }
        let options = args.contains("-i") || args.contains("--ignore-case") ? "-i " : ""
        let mode = args.contains("--negate") ? "-L" : "-nH"
        let script = "grep \(mode) \(options)-P -e \(shellWord(entry)) -- \"$@\"; "
        // 1 means that nothing was found, 2 that grep failed.
        job["run"] = TOML.string(
            args.contains("--negate") ? "! \(script.dropLast(2)) | grep ." : script + "[ $? -eq 1 ]"
        )
        job["shell"] = "true"
        job["reads"] = TOML.string("files")
        return true
    }
}
