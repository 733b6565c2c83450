import ArgumentParser
internal import GitHooks
import SystemPackage

/// `hooks fix`
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix",
        abstract: "Run the fixers of pre-commit on working files; the index does not change.",
        discussion: "By default on files that differ from HEAD, and on untracked files.")

    @Argument(help: "Files and folders to fix.")
    var paths: [String] = []

    @Flag(help: "Fix the staged content, exactly as the next commit would.")
    var staged = false

    @Flag(help: "Fix every tracked file.")
    var all = false

    @Flag(help: "Change nothing; show the diff, and exit with 1 if there is one.")
    var check = false

    @OptionGroup var options: Options

    func validate() throws {
        if [staged, all, !paths.isEmpty].count(where: { $0 }) > 1 {
            throw ValidationError("Only one of `--staged`, `--all` and paths can be given.")
        }
    }

    func run() throws {
        try options.run { context in
            let scope: ByHand.Scope =
                staged
                ? .staged
                : all ? .all : paths.isEmpty ? .changed : .paths(filePaths(of: paths))
            return try ByHand(context).fix(scope, checkOnly: check)
        }
    }
}
