internal import Checks
internal import Configuration
internal import Files
internal import Git
package import GitIndex
internal import Glibc
internal import Notation
package import Planning
package import Programs
internal import Spawn
package import Staging
internal import SystemPackage
internal import Tools

/// Facts are cached results. The name of a fact is its key: for a job and a file, or a job and a
/// tree, the hash of all that the result depends on.
///
/// A job has facts only if all of that is known: built-in checks, tools whose version is known,
/// and commands that read a tree whose name is known.
package struct Facts {
    private let ground: Ground
    private var repository: Repository { ground.repository }
    private let plan: Plan
    private let commands: [Int: Command]
    private let files: FileFacts
    private let roots = Roots()
    private let above: Above

    /// The mark of one run of `hooks ship`: within it every result counts.
    private let run: (mark: String, tree: ObjectID)?

    package init(
        _ ground: Ground, _ plan: Plan, _ commands: [Int: Command], _ filter: ContentFilter,
        run: (mark: String, tree: ObjectID)? = nil
    ) throws {
        self.run = run
        self.ground = ground
        self.plan = plan
        self.commands = commands
        files = try FileFacts(plan.snapshot, ground, filter)
        above = Above(ground.repository.worktree, home: nil)
    }

    /// The hashes of the files' contents by position in the snapshot, if they are known.
    package var blobs: [ObjectID?] { files.blobs }

    /// The facts of one step.
    package enum Known {
        /// The hash of the recipe, and the facts about its files.
        case files(recipe: ObjectID, OfFiles)
        /// One fact for the tree.
        case tree(ObjectID)

        /// Whether nothing is left to check; false if something is unknown.
        package func allSatisfy(_ isKnown: (ObjectID) -> Bool) -> Bool {
            switch self {
            case .files(_, let facts): facts.allSatisfy(isKnown)
            case .tree(let fact): isKnown(fact)
            }
        }

        package var facts: [ObjectID] {
            switch self {
            case .files(_, let facts): facts.all
            case .tree(let fact): [fact]
            }
        }
    }

    /// The facts about the files of one step.
    package struct OfFiles {
        /// By position in the snapshot, also of files that the step does not get; nil if not
        /// everything is known.
        fileprivate let names: [ObjectID?]
        fileprivate let positions: [Int]
        fileprivate let given: Positions

        /// The fact of a file; nil if the step does not get it, or not everything is known.
        package subscript(position: Int) -> ObjectID? {
            given.contains(position) ? names[position] : nil
        }

        var all: [ObjectID] { positions.compactMap { names[$0] } }

        /// Whether each of the step's files has a fact, and `isKnown` holds for it.
        fileprivate func allSatisfy(_ isKnown: (ObjectID) -> Bool) -> Bool {
            positions.allSatisfy { names[$0].map(isKnown) == true }
        }
    }

    /// By step; a step without facts is absent.
    ///
    /// The built-in checks share one recipe, and so one fact about a file: each of them
    /// takes less time than a record of its own would.
    package func all() throws -> [Int: Known] {
        var facts: [Int: Known] = [:]
        let builtIn = builtIn
        let joint = try builtIn.flatMap { try recipe(of: $0) ?? [] }
        // The built-in checks share one list, because they share one recipe.
        var lists: [ObjectID: [ObjectID?]] = [:]
        for (step, planned) in plan.steps.enumerated() where planned.skipped == nil {
            guard let own = try recipe(of: step) else {
                facts[step] = try withinRun(planned).map { .tree($0) }
                continue
            }
            let recipe = builtIn.contains(step) ? joint : own
            if planned.job.reads == .files, planned.job.isSplit {
                let name = ObjectID(hashOf: recipe, behind: "recipe\0")
                let names =
                    lists[name]
                    ?? files.names(tellingNew: tellsNew(step)).map { $0?.joined(with: name) }
                lists[name] = names
                facts[step] = .files(
                    recipe: name,
                    OfFiles(
                        names: names, positions: planned.files, given: Positions(planned.files)))
            } else if let tree = try treeFact(planned, recipe) {
                facts[step] = .tree(tree)
            } else {
                facts[step] = try withinRun(planned).map { .tree($0) }
            }
        }
        return facts
    }

    /// For a job whose inputs are not all known: it passed on this tree within this run of
    /// `hooks ship`, whose mark no other run has.
    private func withinRun(_ planned: Plan.Step) throws -> ObjectID? {
        guard let run, planned.job.isExternal else { return nil }
        let isOfCommit = plan.commit != nil
        let parts = ["run", run.mark, planned.job.name, "\(planned.job.runIn)", "\(isOfCommit)"]
        var content = encoded(parts) + run.tree.bytes
        for file in planned.files { content += plan.snapshot.files[file].path.bytes + [0] }
        return try repository.name(of: content)
    }

    /// The steps of built-in checks that check one file at a time.
    package var builtIn: [Int] {
        plan.steps.indices.filter { step in
            plan.steps[step].skipped == nil && plan.steps[step].job.kind is CheckKind
                && plan.steps[step].job.reads == .files && plan.steps[step].job.isSplit
        }
    }

    /// The fact of a job on a file with some content; nil if not everything is known.
    ///
    /// - Parameter recipe: the hash of the job's recipe.
    package func fact(_ recipe: ObjectID, of step: Int, _ position: Int, blob: ObjectID)
        -> ObjectID?
    {
        files.name(of: position, blob: blob, tellingNew: tellsNew(step))?.joined(with: recipe)
    }

    /// Whether the result depends on whether HEAD has the file.
    private func tellsNew(_ step: Int) -> Bool {
        plan.steps[step].job.kind is CheckKind
    }

    /// Only a commit has a tree whose name identifies everything; beside an index there may be
    /// other files in the working tree.
    private func treeFact(_ planned: Plan.Step, _ recipe: [UInt8]) throws -> ObjectID? {
        guard let whole = try ground.tree() else { return nil }
        var names: [UInt8] = []
        if planned.job.passesFiles {
            names = planned.files.flatMap { plan.snapshot.files[$0].path.bytes + [0] }
        }
        let tree = try planned.narrowed.map { try repository.treeName(of: $0) } ?? whole
        return try repository.name(of: recipe + tree.bytes + names)
    }

    /// Everything about a job except the files; nil if not all of it is known.
    func recipe(of step: Int) throws -> [UInt8]? {
        let job = plan.steps[step].job
        guard !job.isQuick, let build = Fingerprint.own, let kind = job.kind as? any RecordedKind,
            let own = try kind.recipe(of: step, in: self)
        else { return nil }
        var parts = [build, job.name] + job.arguments + [job.runIn.rawValue, job.reads.rawValue]
        parts += [job.fixes, job.allowsNothing, job.passesFiles, job.isSerial].map { "\($0)" }
        parts += [job.leftovers.rawValue] + job.writes.map(\.pattern)
        return encoded(parts + own)
    }

    func job(at step: Int) -> Job { plan.steps[step].job }

    /// What the result of a job that starts a program depends on; nil if not
    /// all of it is known.
    func programRecipe(of step: Int) throws -> [String]? {
        let planned = plan.steps[step]
        let job = planned.job
        guard let command = commands[step], var parts = Fingerprint.of(command.program) else {
            return nil
        }
        parts += (command.leading + command.trailing).map { String(decoding: $0, as: UTF8.self) }
        parts += job.environment.map { "\($0.name)=\($0.value)" }
        parts += Self.telling.map { "\($0)=\(command.environment[$0] ?? "")" }
        parts += try configurationAbove()
        if job.isProjects, try mayAskForHistory(job) {
            parts += Self.range.map { "\($0)=\(command.environment[$0] ?? "")" }
            parts.append(plan.commit?.hex ?? "")
        }
        if job.reads == .files { parts += try surroundings(of: planned) }
        if let patterns = job.readsEnvironment {
            parts += ["reads_env"] + command.environment.values(of: patterns)
        }
        if job.runIn == .checkout, job.share != Job.usuallyShared {
            guard let shared = SharedFolders(job.share, in: repository.worktree).fingerprint else {
                return nil
            }
            parts += ["share"] + shared
        }
        if let inner = command.inner {
            guard let tool = Fingerprint.of(inner) else { return nil }
            parts += tool
        }
        if planned.selectsInTree { parts += ["selects"] + planned.scope.words }
        if job.tool?.writesWorktree == true {
            let installed = repository.worktree.pushing("node_modules/.package-lock.json")
            parts.append(try repository.name(of: (try contents(of: installed)) ?? []).hex)
        }
        if job.tool?.compares == true, let comparison = plan.comparison {
            parts += try comparison.parts(repository)
        }
        return parts
    }

    /// What the result of a check by Python depends on: the program and its interpreter.
    func pythonRecipe(_ check: any PythonCheck, of step: Int) -> [String]? {
        guard let command = commands[step], let program = Self.status(of: command.program) else {
            return nil
        }
        return [check.program, program]
    }

    private func encoded(_ parts: [String]) -> [UInt8] {
        parts.flatMap { Array($0.utf8) + [0] }
    }

    /// What configures tools above the working tree.
    private func configurationAbove() throws -> [String] {
        if let known = roots.above { return known }
        let parts = try above.configurations().flatMap { path, content in
            [path.string, try repository.name(of: content).hex]
        }
        roots.above = parts
        return parts
    }

    /// Whether a command says that it may look at more than the tree: by its words, or in a file that
    /// these name.
    private func mayAskForHistory(_ job: Job) throws -> Bool {
        if job.kind.words.contains(where: Self.mayAskForHistory) { return true }
        return try NamedFiles(ground).paths(for: job).contains { path in
            let text = try ground.text(at: path) ?? []
            return Self.mayAskForHistory(String(decoding: text, as: UTF8.self))
        }
    }

    private static func mayAskForHistory(_ text: String) -> Bool {
        text.contains("git") || text.contains("PRE_COMMIT_")
    }

    /// The pushed commits: two pushes of the same tree may differ in them.
    private static let range = ["PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"]

    /// Variables of the user's that tell programs what to load and what to do.
    private static let telling = [
        "NODE_OPTIONS", "PYTEST_ADDOPTS", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV",
    ]

    /// The configuration that the tool reads, and the names at the source roots: isort and ruff
    /// recognize the project's own modules by these names. For a command, the
    /// project's files that its words name.
    private func surroundings(of planned: Plan.Step) throws -> [String] {
        let files = NamedFiles(ground)
        let named = try files.paths(for: planned.job).flatMap { path in
            let text = try ground.text(at: path)
            return [path.string, try repository.name(of: text ?? []).hex]
        }
        guard let tool = planned.job.tool else {
            let all = planned.job.kind.words + planned.job.arguments
            return try named
                + all.filter { !$0.isEmpty && !$0.hasPrefix("/") && !$0.hasPrefix("-") }
                .map { word in
                    let place = planned.job.folder.pushing(FilePath(word)).lexicallyNormalized()
                    let text = try? ground.text(at: place)
                    return try repository.name(of: (text ?? nil) ?? []).hex
                }
        }
        var parts = named
        let folders = FilePath.foldersAbove(
            planned.files.lazy.map { plan.snapshot.files[$0].path })
        for folder in folders.sorted(by: { $0.string < $1.string }) {
            for name in tool.configurationNames {
                let path = folder.appending(name)
                guard
                    let text = try ground.text(at: path)
                else { continue }
                parts += [path.string, try repository.name(of: text).hex]
            }
        }
        let roots = Set([planned.job.folder, ""].flatMap { [$0, $0.appending("src")] })
        return try parts + roots.sorted { $0.string < $1.string }.map(rootNames)
    }

    /// The content of folders where Python searches for modules; each is listed once.
    private final class Roots {
        var names: [FilePath: String] = [:]
        var above: [String]?
    }

    private func rootNames(_ folder: FilePath) throws -> String {
        if let known = roots.names[folder] { return known }
        let joined = try ground.names(in: folder).filter(Self.mayBeModule).sorted().joined(
            separator: "/")
        roots.names[folder] = joined
        return joined
    }

    /// Whether Python could import something by this name of a file or folder. Others, such as
    /// `.venv`, are not part of a commit and do not matter.
    private static func mayBeModule(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts[0].unicodeScalars.first, !parts[0].contains("-"),
            !parts[0].contains(" "), first == "_" || first.properties.isAlphabetic
        else { return false }
        return parts.count == 1
            || ["py", "pyi", "pyx", "so", "pyd"].contains(parts[parts.count - 1])
    }

    /// The file of a program, after all links.
    private static func status(of program: FilePath) -> String? {
        guard let resolved = program.withPlatformString({ realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        let path = FilePath(platformString: resolved)
        guard let name = path.lastComponent,
            let folder = try? Folder(opening: path.removingLastComponent()),
            let status = try? folder.status(FilePath(root: nil, [name]))
        else { return nil }
        return "\(program.string) \(path.string) \(status.inode) \(status.size) \(status.modified)"
    }
}
