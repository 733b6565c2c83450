import ArgumentParser
import Engine
import SystemPackage

/// `hooks run`
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a git hook or a job by its name, on what is staged.")

    @Argument(help: "Git hooks, such as pre-commit, or jobs, such as black.")
    var names: [String]

    @Flag(help: "Look at every tracked file, as the index has it.")
    var all = false

    @Option(
        name: .customLong("files"), parsing: .upToNextOption, help: "Look at these working files.")
    var paths: [String] = []

    @Flag(help: "Change nothing; show the diff, and exit with 1 if there is one.")
    var check = false

    @OptionGroup var options: Options

    func validate() throws {
        if all, !paths.isEmpty {
            throw ValidationError("Only one of `--all` and `--files` can be given.")
        }
    }

    func run() throws {
        try options.run { context in
            let scope: ByHand.Scope =
                all ? .all : paths.isEmpty ? .staged : .paths(paths.map { FilePath($0) })
            return try ByHand(context).run(names, scope, checkOnly: check)
        }
    }
}
