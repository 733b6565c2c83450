internal import Planning
internal import Workplaces

/// A kind of job that can be run on files or on a tree.
protocol RunningKind: JobKind {
    /// Runs the job at `step` of the plan; the files have the fixer's changes afterwards.
    func run(
        _ job: Job, _ step: Int, on files: inout [FileState], by runner: Runner
    ) async -> JobVerdict
}

extension CheckKind: RunningKind {
    func run(
        _ job: Job, _ step: Int, on files: inout [FileState], by runner: Runner
    ) async -> JobVerdict {
        runner.inspect(check, job, step, &files)
    }
}

extension TreeCheckKind: RunningKind {
    func run(
        _ job: Job, _ step: Int, on files: inout [FileState], by runner: Runner
    ) async -> JobVerdict {
        runner.inspect(check, step)
    }
}

extension PythonCheckKind: RunningKind {
    func run(
        _ job: Job, _ step: Int, on files: inout [FileState], by runner: Runner
    ) async -> JobVerdict {
        await runner.inspect(check, job, step, &files)
    }
}

/// A kind of job that is a program over files.
private protocol ProgramKind: RunningKind {}

extension ProgramKind {
    func run(
        _ job: Job, _ step: Int, on files: inout [FileState], by runner: Runner
    ) async -> JobVerdict {
        await runner.runProgram(job, step, on: &files)
    }
}

extension ToolKind: ProgramKind {}
extension CommandKind: ProgramKind {}
extension ScriptKind: ProgramKind {}
