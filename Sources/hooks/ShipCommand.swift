import ArgumentParser
import Pipeline

/// `hooks ship`
struct ShipCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ship",
        abstract: "Fix, build, test, integrate, commit and push all changes.",
        discussion:
            "HEAD and the index stay as they are until everything has passed. "
            + "With nothing to commit, commits that the remote lacks are pushed.")

    @Argument(help: "The commit message.")
    var message: String?

    @Option(
        name: [.customShort("m"), .customLong("message")],
        help: ArgumentHelp(
            "A paragraph of the commit message, as in `git commit`; can be repeated.",
            valueName: "message"))
    var paragraphs: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Create this branch for the commit.", valueName: "name"))
    var branch: String?

    @Flag(help: "Ship only what is staged.")
    var staged = false

    @Flag(help: "Run everything, but fix, commit and push nothing.")
    var dryRun = false

    @OptionGroup var options: Options

    func validate() throws {
        if message != nil, !paragraphs.isEmpty {
            throw ValidationError("The message is given twice: as an argument and with `-m`.")
        }
    }

    func run() throws {
        try options.run { context in
            let message = paragraphs.isEmpty ? message : paragraphs.joined(separator: "\n\n")
            let request = Ship.Request(
                message: message, branch: branch, stagedOnly: staged, dryRun: dryRun)
            return try Ship(request, context).run()
        }
    }
}
