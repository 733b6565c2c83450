internal import Checks
internal import Configuration
internal import Notation
internal import Planning
internal import Reporting
internal import SystemPackage
internal import Tools

/// A kind of job that starts a program.
protocol CalledKind: JobKind {
    /// The command of the job's program.
    ///
    /// - Throws: an `Explained` error if the program is not found.
    func command(of job: Job, by builder: CommandBuilder) throws -> Command
}

extension PythonCheckKind: CalledKind {
    func command(of job: Job, by builder: CommandBuilder) throws -> Command {
        guard let found = builder.finder.find("python3") ?? builder.finder.find("python") else {
            throw MissingPython(job: job.name)
        }
        return builder.made(job, found.path, check.leadingArguments, adding: [], title: "python3")
    }
}

extension ToolKind: CalledKind {
    func command(of job: Job, by builder: CommandBuilder) throws -> Command {
        let tool = catalogued
        if case .ourselves = tool.form {
            return builder.made(job, "/proc/self/exe", ["work", tool.name], title: tool.name)
        }
        let found = try builder.finder.find(tool, pinned: builder.catalogue.pin(of: tool))
        if case .python(let script) = tool.form {
            // `-I`: no file beside the script replaces a module of the standard library.
            var command = builder.made(
                job, try builder.interpreter(of: found.path),
                ["-I", "-c", script, found.path.string],
                title: tool.name)
            command.inner = found.path
            return command
        }
        if case .node(let script) = tool.form {
            let options = ["--experimental-vm-modules", "--no-warnings"]
            return builder.made(job, found.path, options + ["-e", script], title: tool.name)
        }
        if case .within(let script) = tool.form, !job.isQuick,
            let words = builder.starter(of: found.path)
        {
            var command = builder.made(
                job, FilePath(words[0]),
                Array(words.dropFirst()) + ["-c", script, found.path.string] + tool.arguments,
                title: tool.program)
            command.inner = found.path
            return command
        }
        let excludes = tool.excludes.flatMap { rule in
            builder.excluded(rule).map { [rule.option, $0] }
        }
        var own = job.isQuick ? tool.quickArguments ?? [] : tool.arguments
        // Who is to change nothing only looks.
        if !job.fixes { own.removeAll { $0 == "--fix" } }
        return builder.made(job, found.path, own + (excludes ?? []), title: tool.program)
    }
}

extension ScriptKind: CalledKind {
    /// `sh -c SCRIPT NAME FILE...`: the files are `"$@"`, and no name is ever part of the script.
    func command(of job: Job, by builder: CommandBuilder) throws -> Command {
        builder.made(job, "/bin/sh", ["-c", script, job.name], title: "sh")
    }
}

extension CommandKind: CalledKind {
    func command(of job: Job, by builder: CommandBuilder) throws -> Command {
        let name = command.leading.first ?? ""
        let rest = Array(command.leading.dropFirst())
        if name.contains("/") {
            return builder.made(job, FilePath(name), rest, command.trailing, title: name)
        }
        guard let found = builder.finder.find(name) else {
            throw MissingProgram(job: job.name, program: name)
        }
        return builder.made(job, found.path, rest, command.trailing, title: name)
    }
}
