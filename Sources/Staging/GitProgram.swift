package import Git
package import GitIndex
package import Reporting
package import Spawn
package import SystemPackage

/// The `git` program, for what libgit2 cannot do: filter drivers, checkouts, shallow histories.
package struct GitProgram: Sendable {
    private let program: FilePath
    private let environment: ProcessEnvironment
    private let folder: FilePath

    /// - Parameter environment: as git gave it to the hook, so that the program works on the same
    ///   repository.
    package init(_ repository: Repository, environment: ProcessEnvironment) {
        var environment = environment
        // What is replaced here is not replaced in what is recorded and pushed.
        environment["GIT_NO_REPLACE_OBJECTS"] = "1"
        self.environment = environment
        folder = repository.worktree
        program = AskedGit.program(onPath: environment["PATH"])
    }

    private init(program: FilePath, environment: ProcessEnvironment, folder: FilePath) {
        self.program = program
        self.environment = environment
        self.folder = folder
    }

    /// A variable of the program's environment.
    func variable(_ name: String) -> String? { environment[name] }

    /// A program that runs with these variables too, and in another folder if one is given.
    package func with(_ variables: [String: String], folder: FilePath? = nil) -> GitProgram {
        var environment = environment
        for (name, value) in variables { environment[name] = value }
        return GitProgram(program: program, environment: environment, folder: folder ?? self.folder)
    }

    /// Runs a git command to its end and gives what it printed.
    ///
    /// - Parameter attempt: what it is for, as "check out a tree".
    /// - Throws: `GitFailure` with the last line that it complained in.
    @discardableResult
    package func run(
        _ arguments: [[UInt8]], input: [UInt8] = [], _ attempt: String
    ) throws(GitFailure) -> [UInt8] {
        let result = runDirectly(
            program, arguments, folder: folder, environment: environment.inEnglish(), input: input)
        guard result.code == 0 else {
            throw GitFailure(attempt: attempt, complaint: result.errors)
        }
        return result.output
    }

    /// Runs a git command that takes its time: it ends with this process, and when the run is
    /// called off.
    ///
    /// - Throws: `GitFailure` with the last line that it complained in.
    func runGuarded(_ arguments: [String], _ attempt: String) async throws(GitFailure) {
        let completion = await Spawn.run(
            Invocation(
                program: program, arguments: arguments.map { Array($0.utf8) }, folder: folder,
                environment: environment.inEnglish()))
        if completion.isSuccess { return }
        var complaint = completion.output
        if case .signalled(let signal) = completion.ending {
            complaint += Array("\nfatal: ended by signal \(signal)".utf8)
        }
        throw GitFailure(
            attempt: attempt, complaint: complaint,
            isInterruption: completion.ending == .cancelled)
    }

    /// Runs a git command on the user's terminal, as it may ask for a passphrase, and gives how it
    /// ended and what it printed.
    ///
    /// Ctrl-C on the terminal reaches it as well.
    package func runAttached(_ arguments: [String], input: [UInt8] = []) -> DirectResult {
        Spawn.runAttached(
            program, arguments.map { Array($0.utf8) }, folder: folder, environment: environment,
            input: input)
    }

    /// Runs a git command on the streams of this process; its exit status, nil when a signal ended it.
    package func runInPlace(_ arguments: [[UInt8]], input: [UInt8]) -> Int32? {
        Spawn.runInPlace(
            program, arguments, folder: folder, environment: environment, input: input)
    }

    /// Runs a git command, its arguments as text, to its end and gives what it printed.
    @discardableResult
    package func run(
        _ arguments: [String], input: [UInt8] = [], _ attempt: String
    ) throws(GitFailure) -> [UInt8] {
        try run(arguments.map { Array($0.utf8) }, input: input, attempt)
    }

    /// Writes the tree that a commit of the index would have.
    package func writeTree() throws(GitFailure) -> ObjectID {
        let attempt = "write the tree of the index"
        let output = try run(["write-tree"], attempt)
        guard let tree = ObjectID(hex: String(decoding: output.prefix(40), as: UTF8.self)) else {
            throw GitFailure(attempt: attempt, complaint: output)
        }
        return tree
    }
}

/// The `git` program could not do what it was asked.
package struct GitFailure: Explained {
    let attempt: String
    let complaint: [UInt8]
    /// Whether the user or the system called it off.
    var isInterruption = false

    package var message: String {
        let reason = lastLine(of: complaint) { $0.hasPrefix("fatal") || $0.hasPrefix("error") }
        return "git cannot \(attempt): \(reason ?? "it printed nothing")"
    }
    package var exitStatus: ExitStatus { .broken }
}
