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

    /// - Parameter environment: that of the hook, so that the program works on the same
    ///   repository.
    package init(_ repository: Repository, environment: ProcessEnvironment) {
        var environment = environment
        // Replaced objects (`git replace`) must not count, because they are not committed and
        // pushed.
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

    /// A program with these additional variables, and in another folder if one is given.
    package func with(_ variables: [String: String], folder: FilePath? = nil) -> GitProgram {
        var environment = environment
        for (name, value) in variables { environment[name] = value }
        return GitProgram(program: program, environment: environment, folder: folder ?? self.folder)
    }

    /// Runs a git command to its end and returns its output.
    ///
    /// - Parameter attempt: its purpose, such as "check out a tree".
    /// - Throws: `GitFailure` with the last line of its errors.
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

    /// Runs a git command that may take long: it ends with this process, and when the run is
    /// cancelled.
    ///
    /// - Throws: `GitFailure` with the last line of its errors.
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

    /// Runs a git command on the user's terminal, because it may ask for a passphrase, and returns
    /// how it ended and its output.
    ///
    /// Ctrl-C on the terminal reaches it as well.
    package func runAttached(_ arguments: [String], input: [UInt8] = []) -> DirectResult {
        Spawn.runAttached(
            program, arguments.map { Array($0.utf8) }, folder: folder, environment: environment,
            input: input)
    }

    /// Runs a git command on the streams of this process; returns its exit status, nil if a signal
    /// ended it.
    package func runInPlace(_ arguments: [[UInt8]], input: [UInt8]) -> Int32? {
        Spawn.runInPlace(
            program, arguments, folder: folder, environment: environment, input: input)
    }

    /// Runs a git command, its arguments as text, to its end and returns its output.
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

/// A failed git command.
package struct GitFailure: Explained {
    let attempt: String
    let complaint: [UInt8]
    /// Whether the user or the system cancelled it.
    var isInterruption = false

    package var message: String {
        let reason = lastLine(of: complaint) { $0.hasPrefix("fatal") || $0.hasPrefix("error") }
        return "git cannot \(attempt): \(reason ?? "it printed nothing")"
    }
    package var exitStatus: ExitStatus { .broken }
}
