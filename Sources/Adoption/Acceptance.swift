internal import BuiltInChecks
internal import Checks
internal import Configuration
internal import FileTypes
internal import Files
internal import Git
internal import GitIndex
internal import Notation
internal import Planning
internal import Programs
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage

/// How to configure a built-in check so that it accepts a project as it is.
struct Acceptance {
    /// The result for a check.
    enum Answer {
        /// With this configuration it accepts every file.
        case accepts(arguments: [String], exclude: [String])
        /// It should be left out, for this reason.
        case refuses(String)
    }

    private let worktree: FilePath
    private let files: [FilePath]
    private let catalogue = JobCatalogue(nil, file: "hooks.toml")
    private let commands: CommandBuilder

    init(_ repository: Repository, _ files: [FilePath], _ context: Context) throws {
        worktree = repository.worktree
        self.files = files
        commands = try CommandBuilder(Ground(repository, .worktree), catalogue, context)
    }

    /// Arguments that accept more than those before, by the name of the check.
    private static let concessions = [
        "check-yaml": [["--allow-multiple-documents"], ["--unsafe"]]
    ]

    /// Files that often have another format than their names suggest.
    private static let families = [
        ".vscode", ".devcontainer", ".devcontainer.json", "devcontainer.json", "tsconfig*.json",
        "jsconfig*.json", ".eslintrc.json", ".babelrc.json", ".swcrc", "tslint.json",
        "api-extractor.json", "language-configuration.json", "turbo.json", "wrangler.json",
        "deno.json", "biome.json", "*.code-workspace",
    ]

    /// Tries the check on the working files; only checks of contents are tried.
    func answer(for name: String) throws -> Answer {
        guard let type = BuiltIns.named(name), !type.fixes,
            type.looksAt == .text || type.looksAt == .python
        else { return .accepts(arguments: [], exclude: []) }
        let given = try selected(by: try catalogue.job(name))
        guard !given.isEmpty else { return .accepts(arguments: [], exclude: []) }
        var best: (arguments: [String], refused: [FilePath])?
        for arguments in [[]] + (Self.concessions[name] ?? []) {
            switch try type.init(arguments: arguments) {
            case let check as any Check:
                let refused = given.filter { path, content in
                    let file = CheckedFile(path: path.bytes, content: content)
                    return !check.inspect(file).findings.isEmpty
                }
                best = Self.better(best, (arguments, refused.map(\.path)))
            case let check as any PythonCheck:
                switch try verdicts(of: check, name, given.map(\.content)) {
                case .failure(let reason): return .refuses(reason.words)
                case .success(let verdicts):
                    let refused = zip(given, verdicts).filter { !$1.findings.isEmpty }
                    best = Self.better(best, (arguments, refused.map(\.0.path)))
                }
            default: return .accepts(arguments: [], exclude: [])
            }
            if best?.refused.isEmpty == true { break }
        }
        guard let best else { return .accepts(arguments: [], exclude: []) }
        if best.refused.count * 2 > given.count {
            let count = best.refused.count
            return .refuses(
                "it does not accept \(count) of \(counted(given.count, "file", "files"))")
        }
        return .accepts(
            arguments: best.arguments, exclude: patterns(for: best.refused))
    }

    /// The first one that refuses the fewest files.
    private static func better(
        _ known: (arguments: [String], refused: [FilePath])?,
        _ new: (arguments: [String], refused: [FilePath])
    ) -> (arguments: [String], refused: [FilePath]) {
        guard let known, known.refused.count <= new.refused.count else { return new }
        return known
    }

    /// The working files that a job gets, with their content.
    private func selected(by job: Job) throws -> [(path: FilePath, content: [UInt8])] {
        var types = FileTypes()
        return try files.compactMap { path in
            var read: [UInt8]??
            func content() throws -> [UInt8]? {
                if let read { return read }
                let found = try contents(of: worktree.pushing(path))
                read = .some(found)
                return found
            }
            let isSelected = job.selection.matches(
                path.bytes,
                types: types.ofFile(path.bytes, isExecutable: false) {
                    ((try? content()) ?? nil) ?? []
                })
            guard isSelected, let content = try content(), content.standIn == nil else {
                return nil
            }
            return (path, content)
        }
    }

    /// Why a check cannot be tried.
    private struct Hindrance: Error {
        var words: String
    }

    private func verdicts(
        of check: any PythonCheck, _ name: String, _ contents: [[UInt8]]
    ) throws -> Result<[Verdict], Hindrance> {
        var job = try catalogue.job(name)
        job.kind = PythonCheckKind(check)
        guard let command = try? commands.command(for: job) else {
            return .failure(Hindrance(words: "`python3` is not installed, and it needs it"))
        }
        let result = runDirectly(
            command.program, command.leading, folder: worktree, environment: command.environment,
            input: PythonFrame.input(contents))
        let answers = PythonFrame.answers(result.output, files: contents.count)
        guard result.code == 0, let answers else {
            let line = result.errors.split(separator: UInt8(ascii: "\n")).last ?? []
            return .failure(Hindrance(words: safeLine(Array(line))))
        }
        return .success(answers.verdicts)
    }

    /// Globs for files that a check does not accept: for a known kind of file, so that new ones
    /// are left out as well.
    private func patterns(for paths: [FilePath]) -> [String] {
        var patterns: [String] = []
        for path in paths {
            let known = Self.families.first { family in
                (try? Glob(family))?.matches(path.bytes) == true
            }
            let pattern = known ?? templates(above: path) ?? Self.literally(path)
            if !patterns.contains(pattern) { patterns.append(pattern) }
        }
        return patterns
    }

    /// The folder of templates that a file of a Helm chart is in.
    private func templates(above path: FilePath) -> String? {
        var folder = path.removingLastComponent()
        while !folder.isEmpty {
            let chart = folder.removingLastComponent()
            if folder.lastComponent == "templates",
                files.contains(chart.appending("Chart.yaml"))
            {
                return Self.literally(folder) + "/**"
            }
            folder = chart
        }
        return nil
    }

    private static func literally(_ path: FilePath) -> String {
        path.string.reduce(into: path.components.count == 1 ? "/" : "") { pattern, character in
            if "*?[]{}\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
    }
}
