internal import Configuration
internal import Files
internal import Glibc
internal import Notation
internal import Reporting
package import Spawn
package import SystemPackage
internal import Tools

/// The command of a job, without the files.
package struct Command: Sendable {
    package private(set) var program: FilePath
    package private(set) var leading: [[UInt8]]
    package let trailing: [[UInt8]]
    package private(set) var environment: ProcessEnvironment
    package let timeout: Duration
    /// The program's name in messages.
    package let title: String
    /// The tool itself, where `program` is the interpreter of a script around it.
    package internal(set) var inner: FilePath?

    init(
        program: FilePath, leading: [[UInt8]], trailing: [[UInt8]], environment: ProcessEnvironment,
        timeout: Duration, title: String
    ) {
        self.program = program
        self.leading = leading
        self.trailing = trailing
        self.environment = environment
        self.timeout = timeout
        self.title = title
    }

    /// The command with another program.
    package func with(program: FilePath) -> Command {
        var command = self
        command.program = program
        return command
    }

    /// The command with one argument more, before the files.
    package func with(argument: String) -> Command {
        var command = self
        command.leading.append(Array(argument.utf8))
        return command
    }

    /// The command with arguments before all others, which may override them.
    package func with(firstArguments: [String]) -> Command {
        var command = self
        command.leading = firstArguments.map { Array($0.utf8) } + leading
        return command
    }

    /// The command with additional variables.
    package func with(variables: [String: String]) -> Command {
        var command = self
        for (name, value) in variables { command.environment[name] = value }
        return command
    }

    /// The invocations that together get all files: one, unless their names exceed the
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

    var message: String { "`python3` is not installed, and this check needs it" }
    var hints: [String] {
        ["install Python 3.8 or later"]
    }
    var exitStatus: ExitStatus { .broken }
}

/// The program of a project's own job is not installed.
struct MissingProgram: Explained {
    let job: String
    let program: String

    var message: String { "the program `\(safeName(program.utf8))` is not installed" }
    var hints: [String] {
        ["install it, or correct `run` in [jobs.\(job)]"]
    }
    var exitStatus: ExitStatus { .broken }
}
