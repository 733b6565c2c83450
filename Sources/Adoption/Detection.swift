internal import Configuration
internal import Conversion
internal import Files
internal import Git
internal import GitIndex
internal import Planning
internal import Programs
internal import SystemPackage
internal import Tools

/// A draft from the files of the project.
struct Detection {
    private let worktree: FilePath
    private let tracked: [String]
    private let names = CatalogueNames()
    private let acceptance: Acceptance

    init(_ repository: Repository, _ context: Context) throws {
        worktree = repository.worktree
        let files = try repository.trackedFiles().map(\.path) + repository.untrackedFiles()
        tracked = files.map(\.string)
        acceptance = try Acceptance(repository, files, context)
    }

    func draft() throws -> Draft {
        var draft = Draft(origin: "Written by `hooks init` from the project's files.")
        let checks = [
            "large-files", "merge-conflict", "case-conflict", "private-key", "byte-order-mark",
            "mixed-line-ending", "trailing-whitespace", "end-of-file",
        ]
        for job in checks + parsers + tools where names.has(job) {
            try propose(job, to: &draft)
        }
        if names.has("subject") { draft.add("subject", to: "commit-msg") }
        if has(ending: "_test.py") || tracked.contains(where: isTest) {
            for job in draft.hooks[0].jobs { draft.add(job, to: "pre-push") }
            draft.add("tests", to: "pre-push")
        }
        let versions = pinnedByRequirements()
        var unpinned: [String] = []
        for (job, package) in packages where draft.hooks[0].jobs.contains(job) {
            if let version = versions[package] {
                draft.pin(Pin(name: package, version: version))
            } else {
                unpinned.append("`\(package)`")
            }
        }
        if !unpinned.isEmpty {
            draft.remark(
                "`hooks tools pin` pins the versions of \(unpinned.joined(separator: ", ")) in [tools], "
                    + "so that everybody runs the same")
        }
        return draft
    }

    /// A job that accepts the project as it is: a job that does not would block the first commit
    /// that changes such a file.
    private func propose(_ name: String, to draft: inout Draft) throws {
        var job = Draft.Job(name: name)
        if let tool = Catalogue.tool(named: name), !tool.besideBlack.isEmpty, !isConfigured(tool) {
            job.comment = "agrees with black"
            job["args"] = TOML.array(tool.besideBlack)
        }
        switch try acceptance.answer(for: name) {
        case .refuses(let reason):
            draft.remark("`\(name)` is left out: \(reason)")
            return
        case .accepts(let arguments, let exclude):
            if !arguments.isEmpty { job["args"] = TOML.array(arguments) }
            if !exclude.isEmpty {
                job["exclude"] = TOML.array(exclude)
                draft.remark(
                    "[jobs.\(name)] excludes files that it does not accept: \(exclude.joined(separator: ", "))"
                )
            }
        }
        if !job.values.isEmpty { draft.jobs.append(job) }
        draft.add(name, to: "pre-commit")
    }

    /// Whether the project configures a tool in the tool's own way.
    private func isConfigured(_ tool: Tool) -> Bool {
        tool.configuration.contains { file in
            has(file.name) && (file.marker.map { text(file.name).contains($0) } ?? true)
        }
    }

    private var parsers: [String] {
        [
            ("check-yaml", ".yaml"), ("check-yaml", ".yml"), ("check-toml", ".toml"),
            ("check-json", ".json"), ("check-xml", ".xml"),
        ]
        .filter { has(ending: $0.1) }.map(\.0).reduce(into: []) { names, name in
            if !names.contains(name) { names.append(name) }
        }
    }

    private var packages: [(job: String, package: String)] {
        [
            ("black", "black"), ("isort", "isort"), ("flake8", "flake8"), ("ruff-check", "ruff"),
            ("mypy", "mypy"),
        ]
    }

    private var tools: [String] {
        var tools: [String] = []
        let project = text("pyproject.toml")
        let setup = text("setup.cfg") + text("tox.ini")
        let isPython =
            has(ending: ".py") || has("requirements.txt") || has("setup.cfg")
            || project.contains("[project]")
        if project.contains("[tool.ruff") || has("ruff.toml") || has(".ruff.toml") {
            tools += ["ruff-check", "ruff-format"]
        } else if isPython {
            tools += ["isort", "black", "flake8"]
        }
        if project.contains("[tool.mypy") || has("mypy.ini") || setup.contains("[mypy]") {
            tools.append("mypy")
        }
        let package = text("package.json")
        if package.contains("\"prettier\"") { tools.append("prettier") }
        if package.contains("\"eslint\"") { tools.append("eslint") }
        if has("Package.swift") { tools.append("swift-format") }
        if has("go.mod") { tools.append("gofmt") }
        if has("Cargo.toml") { tools.append("rustfmt") }
        if has(ending: ".sh") { tools.append("shellcheck") }
        return tools
    }

    private func isTest(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix("test_") && name.hasSuffix(".py")
    }

    private func has(_ path: String) -> Bool { tracked.contains(path) }
    private func has(ending: String) -> Bool { tracked.contains { $0.hasSuffix(ending) } }

    private func text(_ path: String) -> String {
        guard has(path), let content = try? contents(of: worktree.appending(path)) else {
            return ""
        }
        return String(decoding: content, as: UTF8.self)
    }

    /// Versions of packages that requirement files name exactly.
    private func pinnedByRequirements() -> [String: String] {
        var versions: [String: String] = [:]
        for path in tracked where path.hasSuffix(".txt") && path.contains("requirements") {
            for line in text(path).split(whereSeparator: \.isNewline) {
                // After a backslash or two dashes there are hashes.
                let requirement = line.split(separator: " --", maxSplits: 1).first ?? ""
                let bare = requirement.prefix { !"#;\\".contains($0) }.filter { !$0.isWhitespace }
                let parts = bare.split(separator: "=", omittingEmptySubsequences: false)
                guard parts.count == 3, parts[1].isEmpty, !parts[2].contains("*") else { continue }
                let name = parts[0].prefix { $0 != "[" }.lowercased()
                versions[name] = versions[name] ?? String(parts[2])
            }
        }
        return versions
    }
}
