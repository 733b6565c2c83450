import ArgumentParser
import Glibc
import Masking
internal import Planning
import Reporting
import Spawn
import SystemPackage
import Warm

/// The options of every command.
struct Options: ParsableArguments {
    @Option(
        name: .customShort("C"), help: ArgumentHelp("Run as if started in DIR.", valueName: "dir"))
    var folder: String?

    @Flag(help: "Print one JSON object per line on standard output.")
    var json = false

    @Flag(name: .shortAndLong, help: "Show only what failed.")
    var quiet = false

    @Flag(
        name: .shortAndLong,
        help: "Also show which files were fixed, and the output of passed jobs.")
    var verbose = false

    @Option(help: ArgumentHelp("When to use colour: auto, always or never.", valueName: "when"))
    var color: ColorChoice = .auto

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("How many processes run at the same time.", valueName: "n"))
    var jobs: Int?

    @Flag(help: "Show where the time went.")
    var timings = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("`--jobs` must be 1 or more.") }
    }

    /// Runs a command's body in the folder of `-C`, and exits with its status.
    ///
    /// - Parameter problems: a second format for the findings of the jobs.
    func run(
        problems: ProblemRenderer.Form? = nil, _ body: (Context) throws -> ExitStatus
    ) throws {
        let environment = ProcessEnvironment.inherited()
        let output = Output(json: json, quiet: quiet, verbose: verbose, color: color)
        let isOnGitHub = !json && environment["GITHUB_ACTIONS"] == "true"
        let renderer = output.renderer(
            environment, timed: timings, problems: problems ?? (isOnGitHub ? .annotations : nil))
        let status = ending(renderer) {
            if let folder, chdir(folder) != 0 {
                throw Failure(
                    message:
                        "cannot change to the folder \(safeName(folder.utf8)): \(Errno(rawValue: errno))",
                    exitStatus: .usage)
            }
            let objects = BorrowedObjects(for: currentFolder(), environment)
            var context = Context(
                folder: currentFolder(),
                environment: objects == nil ? environment : .inherited(), renderer: renderer,
                jobs: jobs ?? processorCount(), isLimited: jobs != nil)
            // Nobody types a command in a CI.
            if environment["CI"] == nil { context.command = typedCommand() }
            defer { context.servers.startMissing() }
            return try withExtendedLifetime(objects) { try body(context) }
        }
        throw ExitCode(status)
    }
}

extension ColorChoice: ExpressibleByArgument {}

/// Where a command's output goes.
struct Output {
    var json = false
    var quiet = false
    var verbose = false
    var color = ColorChoice.auto

    /// - Parameters:
    ///   - timed: whether to show at the end where the time went; the variable `HOOKS_TIMINGS=1`
    ///     does the same, for hooks that git starts.
    ///   - problems: a second format for the findings of the jobs.
    func renderer(
        _ environment: ProcessEnvironment, timed: Bool = false,
        problems: ProblemRenderer.Form? = nil
    ) -> any Renderer {
        let start = ContinuousClock.now
        let now = { ContinuousClock.now - start }
        var renderer = plainRenderer(environment, now)
        if timed || environment["HOOKS_TIMINGS"] == "1" {
            renderer = TimingsRenderer(renderer, to: .standardError, now: now)
        }
        if let problems { renderer = ProblemRenderer(renderer, problems, .standardOutput) }
        return MaskingRenderer(renderer) { secretValues(in: environment) }
    }

    private func plainRenderer(
        _ environment: ProcessEnvironment, _ now: @escaping () -> Duration
    ) -> any Renderer {
        if json { return JSONRenderer(.standardOutput) }
        var values: [String: String] = [:]
        for name in ["NO_COLOR", "TERM", "CLICOLOR_FORCE"] { values[name] = environment[name] }
        func stream(_ descriptor: FileDescriptor) -> TerminalRenderer.Stream {
            .init(descriptor, Terminal(descriptor: descriptor, color: color, environment: values))
        }
        return TerminalRenderer(
            messages: stream(.standardError), data: stream(.standardOutput),
            verbosity: quiet ? .quiet : verbose ? .verbose : .normal, now: now)
    }
}

/// The command line, as a user would repeat it; the message of a commit is left out.
private func typedCommand() -> String {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "ship" { return "hooks ship \"MESSAGE\"" }
    let isPlain = words.allSatisfy { word in
        word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || "._-/=:@".utf8.contains(byte)
        }
    }
    return (["hooks"] + (isPlain ? Array(words) : Array(words.prefix(1)))).joined(separator: " ")
}

/// The current folder, without links.
func currentFolder() -> FilePath {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return FilePath(platformString: path)
}

/// How many processors are online.
func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
