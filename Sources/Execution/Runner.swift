internal import Checks
internal import Configuration
internal import Files
internal import Git
internal import Planning
internal import Programs
internal import Reporting
internal import Spawn
internal import Stage
internal import Staging
internal import SystemPackage
internal import Tools
internal import Warm
internal import Workplaces

/// Runs one job on some files and reads its changes.
struct Runner: Sendable {
    /// Where the jobs find their files; nil when only built-in checks run.
    let folder: (any JobFolder)?
    /// Whether that is the stage of a commit: changes of fixers are only shown there.
    let isOfCommit: Bool
    /// The folder for jobs that may read the whole tree.
    let stage: Stage?
    /// The stages of jobs that need a separate one, by position in the plan.
    var others: [Int: Stage] = [:]
    /// The tree from which the branch started, for jobs that compare; and the allowances in its
    /// messages.
    var base: (folder: Stage?, allowances: [String])?
    /// Where the repository is, for jobs of hooks that read its history.
    var history: [String: String] = [:]
    /// Files with the names of the files that jobs of hooks check, by position in the plan.
    var selected: [Int: FilePath] = [:]
    /// The command of each external job, by its position in the plan.
    let commands: [Int: Command]
    /// What each check of the tree sees, by its position in the plan.
    let trees: [Int: CheckedTree]
    let worktree: FilePath
    /// Folders that a job must not write to.
    let protected: [FilePath]
    /// Variables that the jobs get in addition to the user's.
    let variables: [String: String]
    var slots: Slots
    /// Servers of Python tools, and how long they wait for work.
    let warm: (servers: ToolServers, idle: Duration)?
    /// Runs a program to its end, as a fresh process.
    var start: @Sendable (Invocation) async -> Completion = { await Spawn.run($0) }
    /// Whether other processes use the other cores, so a tool should use one core only.
    var isShared = false

    /// Runs the job at `step` on the files; the files have the fixer's changes afterwards.
    func run(_ job: Job, step: Int, on files: inout [FileState]) async -> JobVerdict {
        guard let kind = job.kind as? any RunningKind else {
            return JobVerdict(broken: "`\(job.name)` cannot be run on files")
        }
        return await kind.run(job, step, on: &files, by: self)
    }

    /// Runs the program of a job.
    func runProgram(_ job: Job, _ step: Int, on files: inout [FileState]) async -> JobVerdict {
        guard let command = commands[step] else { return JobVerdict(broken: "it has no command") }
        var verdict = JobVerdict(elapsed: .zero)
        // Only for a fixer the changes are used, so only there another job's changes matter.
        if job.fixes, job.runIn == .staged, let path = foreignWork(in: files) {
            return JobVerdict(
                broken: "another job changed or removed \(safeName(path)), which it was not given")
        }
        let unreadable =
            job.tool?.skipsUnreadable == true ? files.filter { !$0.now.isReadByPython } : []
        let isUnreadable = Set(unreadable.map(\.position))
        let paths =
            job.passesFiles
            ? files.filter { !isUnreadable.contains($0.position) }.map {
                $0.path.within(job.folder)
            }
            : []
        let report = junitReport(of: job, step)
        let invocations =
            paths.isEmpty && !unreadable.isEmpty
            ? [] : invocations(of: command, job, step, on: paths, writing: report)
        for invocation in invocations {
            var (completion, started) = await slots.whenFree {
                let started = ContinuousClock.now
                return (await complete(invocation, job), started)
            }
            if let stage = stage(for: step) {
                completion.denied = completion.denied.map(stage.usersName)
            }
            var one = JobVerdict(completion, of: job, title: command.title, started: started)
            if job.runIn != .worktree { one.namePlaces(from: root(for: job, step)) }
            if one.kind == .broken { one.explain(command.program, job) }
            verdict.add(one, atTheSameTime: false)
            if one.kind == .broken { break }
        }
        if let report { verdict.read(junitReport: report.file, of: job, title: command.title) }
        if let lack = job.tool?.lack, let tool = job.tool { verdict.judge(lack, of: tool) }
        if let tally = job.tool?.tally { verdict.takeTally(tally, of: paths.count) }
        verdict.find(unreadable: unreadable, by: command.title)
        if let tool = job.tool, tool.isOurs, verdict.kind == .fine || verdict.kind == .findings {
            verdict.takeDetail()
        }
        if job.fixes, job.runIn == .checkout, let stage = stage(for: step) {
            harvest(stage, job, step, &files, &verdict)
        } else if job.fixes, job.runIn == .staged {
            harvest(job, step, &files, &verdict)
        }
        return verdict
    }

    /// Runs a program to its end: a tool of the catalogue in a server that has imported it, if
    /// there is one, and anything else as a fresh process.
    private func complete(_ invocation: Invocation, _ job: Job) async -> Completion {
        if let warm, job.tool != nil, !job.isWholeTree, job.runIn == .staged {
            let warmly = await warm.servers.run(invocation, idle: warm.idle) {
                Fingerprint.of($0)
            }
            if let warmly { return warmly }
        }
        return await start(invocation)
    }

    /// The option and the file for a report of single tests.
    private func junitReport(of job: Job, _ step: Int) -> (option: String, file: FilePath)? {
        guard let option = job.tool?.junitOption,
            let place =
                (job.runIn == .checkout ? stage(for: step)?.temporary : folder?.temporary)
        else { return nil }
        return (option, place.appending("junit-\(step).xml"))
    }

    private func invocations(
        of command: Command, _ job: Job, _ step: Int, on paths: [FilePath],
        writing report: (option: String, file: FilePath)?
    ) -> [Invocation] {
        var command = command.with(variables: variables(for: job, step, command))
        if command.title.contains("/"), !command.program.isAbsolute {
            command = command.with(program: root(for: job, step).pushing(command.program))
        }
        if isShared, let alone = job.tool?.alone, !alone.isEmpty {
            command = command.with(firstArguments: alone)
        }
        if let report { command = command.with(argument: "\(report.option)=\(report.file.string)") }
        let isFree = job.runIn == .worktree || job.tool?.writesWorktree == true
        let bounds = isFree ? [] : protected
        let isStaged = job.runIn == .checkout || isOfCommit
        let own = isStaged ? [] : [folder].compactMap(\.self).flatMap { [$0.root, $0.temporary] }
        let invocations = command.invocations(
            on: paths, in: root(for: job, step), protecting: bounds, writable: own,
            writes: job.fixes && job.isProjects)
        guard !isFree, isStaged, let stage = stage(for: step) else { return invocations }
        let python = pythonPath(in: stage, command)
        return invocations.map { stage.confine($0, otherwise: ["PYTHONPATH": python]) }
    }

    private func stage(for step: Int) -> Stage? { others[step] ?? stage }

    private func root(for job: Job, _ step: Int) -> FilePath {
        let top =
            switch job.runIn {
            case .staged: folder?.root ?? worktree
            case .checkout: stage(for: step)?.root ?? worktree
            case .worktree: worktree
            }
        return job.folder.isEmpty ? top : top.pushing(job.folder)
    }

    /// Where Python finds the modules of the stage, instead of those of the working tree that an
    /// editable installation or the user's own path points to.
    private func pythonPath(in stage: Stage, _ command: Command) -> String {
        let source = stage.root.appending("src")
        let isLaidOut = (try? Folder(opening: source)) != nil
        let users = (command.environment["PYTHONPATH"] ?? "").split(separator: ":").map { entry in
            var path = FilePath(String(entry))
            return path.removePrefix(worktree) ? stage.root.pushing(path).string : String(entry)
        }
        return ([(isLaidOut ? source : stage.root).string] + users).joined(separator: ":")
    }

    private func variables(for job: Job, _ step: Int, _ command: Command) -> [String: String] {
        guard job.runIn == .checkout || isOfCommit, let stage = stage(for: step) else {
            return variables
        }
        var variables = variables.merging(stage.variables) { $1 }
        if job.tool != nil { variables["PYTHONPATH"] = pythonPath(in: stage, command) }
        if let selected = selected[step] { variables["HOOKS_FILES"] = selected.string }
        if job.tool?.writesWorktree == true {
            variables["HOOKS_WORKTREE"] = worktree.string
        }
        if job.tool?.compares == true, let base {
            variables["HOOKS_KEPT"] = (base.folder ?? stage).temporary.string
            variables["HOOKS_BASE"] = base.folder?.root.string
            variables["HOOKS_ALLOWED"] = base.allowances.joined(separator: "\n")
            for (name, value) in history { variables[name] = value }
        }
        return variables
    }

    /// Writes the fixed files into the stage of a job.
    func bring(_ files: [FileState]) throws {
        guard let stage, !isOfCommit else { return }
        try stage.put(
            files.filter(\.isChanged).map {
                StagedFile(path: $0.path, content: $0.now, isExecutable: $0.isExecutable)
            })
    }

    /// Restores a file that fixers never finish, also for later jobs.
    func putBack(_ file: inout FileState) throws {
        file.reset()
        file.status = try folder?.rewrite(file.path, file.now, isExecutable: file.isExecutable)
        guard let stage, !isOfCommit else { return }
        let staged = StagedFile(
            path: file.path, content: file.now, isExecutable: file.isExecutable)
        try stage.put([staged])
    }

    /// Restores the committed content in the stage of a commit; checkers check that, and not the
    /// changes of a fixer.
    func restore(_ files: inout [FileState]) throws {
        try stage?.restore(keepsFixes: false)
        for other in Set(others.values.map(\.root)) {
            try others.values.first { $0.root == other }?.restore(keepsFixes: false)
        }
        for position in files.indices where files[position].isChanged { files[position].reset() }
    }

    /// The changes of jobs to tracked files in the stage of a step.
    func rewritten(by step: Int) throws -> [FilePath] {
        try stage(for: step)?.harvest().changes.map(\.path) ?? []
    }

    /// Restores the stage of a step.
    func restoreStage(of step: Int) throws { try stage(for: step)?.restore() }

    /// The files in the overlay that are not as their jobs left them, by position.
    func rewritten(among files: [FileState]) -> [Int] {
        guard let folder else { return [] }
        return files.indices.filter { position in
            let file = files[position]
            do {
                let found = try folder.changed(file.path, since: file.status)
                return found.map { $0.content != file.now } ?? false
            } catch {
                return true
            }
        }
    }

    /// Makes files in the overlay again what their jobs left.
    func restore(_ positions: [Int], of files: inout [FileState]) throws {
        for position in positions {
            let file = files[position]
            files[position].status = try folder?.rewrite(
                file.path, file.now, isExecutable: file.isExecutable)
        }
    }

    /// What tells one stage from another.
    func stageRoot(of step: Int) -> FilePath? { stage(for: step)?.root }

    /// A file that is not as its own jobs left it; what was done to it must not be taken for the
    /// next fixer's work.
    private func foreignWork(in files: [FileState]) -> FilePath? {
        rewritten(among: files).first.map { files[$0].path }
    }

    /// Takes a fixer's changes from the overlay. Content decides, never the exit code.
    private func harvest(
        _ job: Job, _ step: Int, _ files: inout [FileState], _ verdict: inout JobVerdict
    ) {
        guard let folder else { return }
        var hasChanged = false
        for position in files.indices {
            let path = files[position].path
            do {
                guard let found = try folder.changed(path, since: files[position].status) else {
                    continue
                }
                files[position].status = found.status
                guard found.content != files[position].now else { continue }
                files[position].change(to: found.content)
                hasChanged = true
            } catch {
                verdict.breakDown(
                    "`\(job.name)` removed or replaced \(safeName(path)), which it was given")
            }
        }
        // A fixer that failed after a change runs again: only a run without a
        // change decides.
        if verdict.kind == .findings, hasChanged { return }
        for position in files.indices { files[position].settle(step) }
    }
}

extension FilePath {
    /// The path relative to a folder above it; the same if the folder is the top.
    fileprivate func within(_ folder: FilePath) -> FilePath {
        var path = self
        return !folder.isEmpty && path.removePrefix(folder) ? path : self
    }
}

extension Workplace {
    /// What runs the jobs here.
    ///
    /// - Parameter warm: how long servers of Python tools wait for work; nil when there are to be
    ///   none.
    func runner(_ commands: [Int: Command], warm: Duration?) -> Runner {
        Runner(
            folder: isOfCommit ? stages.main : laid?.overlay, isOfCommit: isOfCommit,
            stage: stages.main, others: stages.others,
            base: comparison.map { (stages.base, $0.allowances) }, history: history,
            selected: selected,
            commands: commands, trees: trees, worktree: repository.worktree,
            protected: [repository.worktree, repository.gitDirectory, repository.commonDirectory],
            variables: laid?.variables ?? [:], slots: Slots(context.jobs),
            warm: context.mayBeWarm ? warm.map { (context.servers, $0) } : nil)
    }
}
