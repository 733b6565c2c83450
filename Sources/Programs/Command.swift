internal import Configuration
internal import Files
internal import Glibc
internal import Reporting
package import Spawn
package import SystemPackage
internal import Tools

/// How a job is called: everything but the files.
package struct Command: Sendable {
    package let program: FilePath
    package let leading: [[UInt8]]
    package let trailing: [[UInt8]]
    package let environment: ProcessEnvironment
    package let timeout: Duration
    /// How the program is called in messages.
    package let title: String

    /// The same with another program.
    package func with(program: FilePath) -> Command {
        Command(
            program: program, leading: leading, trailing: trailing, environment: environment,
            timeout: timeout, title: title)
    }

    /// The same with one argument more, before the files.
    package func with(argument: String) -> Command {
        Command(
            program: program, leading: leading + [Array(argument.utf8)], trailing: trailing,
            environment: environment, timeout: timeout, title: title)
    }

    /// The same with arguments before all others, which may take them back.
    package func with(firstArguments: [String]) -> Command {
        Command(
            program: program, leading: firstArguments.map { Array($0.utf8) } + leading,
            trailing: trailing, environment: environment, timeout: timeout, title: title)
    }

    /// The same with other variables.
    package func with(variables: [String: String]) -> Command {
        var environment = environment
        for (name, value) in variables { environment[name] = value }
        return Command(
            program: program, leading: leading, trailing: trailing, environment: environment,
            timeout: timeout, title: title)
    }

    /// The invocations that together are given all files: one, unless their names exceed the
    /// system's limit.
    package func invocations(
        on files: [FilePath], in folder: FilePath, protecting protected: [FilePath],
        writable: [FilePath],
        writes: Bool
    ) -> [Invocation] {
        batches(of: files.map(Self.argument)).map { batch in
            Invocation(
                program: program, arguments: leading + batch + trailing, folder: folder,
                environment: environment, timeout: timeout, protected: protected,
                writable: writable,
                writes: writes)
        }
    }

    /// A name that starts with a dash would be taken for an option.
    private static func argument(_ path: FilePath) -> [UInt8] {
        let bytes = path.bytes
        return bytes.first == UInt8(ascii: "-") ? Array("./".utf8) + bytes : bytes
    }

    private func batches(of files: [[UInt8]]) -> [[[UInt8]]] {
        let pointer = MemoryLayout<UnsafeRawPointer>.size
        let fixed = (leading + trailing).reduce(0) { $0 + $1.count + 1 + pointer }
        let limit = min(sysconf(Int32(_SC_ARG_MAX)), 2 << 20) / 2 - environment.size - fixed - 8192
        var batches: [[[UInt8]]] = [[]]
        var used = 0
        for file in files {
            let cost = file.count + 1 + pointer
            if used + cost > max(limit, 4096), used > 0 {
                batches.append([])
                used = 0
            }
            batches[batches.count - 1].append(file)
            used += cost
        }
        return batches
    }
}

/// There is no Python for a check that needs it.
struct MissingPython: Explained {
    let job: String

    var message: String { "there is no program `python3`, with which this check reads files" }
    var hints: [String] {
        ["install Python 3.8 or later, or `HOOKS_SKIP=\(job) git commit` for once"]
    }
    var exitStatus: ExitStatus { .broken }
}

/// The program of a project's own job is not to be found.
struct MissingProgram: Explained {
    let job: String
    let program: String

    var message: String { "there is no program `\(safeName(program.utf8))`" }
    var hints: [String] {
        ["install it, mend `run` of [jobs.\(job)], or `HOOKS_SKIP=\(job) git commit` for once"]
    }
    var exitStatus: ExitStatus { .broken }
}
