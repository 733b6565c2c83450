import ArgumentParser
import Pipeline

/// `hooks ship`
struct ShipCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ship",
        abstract: "Fix, build, test, integrate, commit and push all changes.",
        discussion:
            "HEAD and the index stay as they are until everything has passed. "
            + "With nothing to commit it pushes what the remote lacks.")

    @Argument(help: "The message of the commit.")
    var message: String?

    @Option(
        name: [.customShort("m"), .customLong("message")],
        help: ArgumentHelp(
            "The message of the commit, as `git commit` takes it; each is a paragraph.",
            valueName: "message"))
    var paragraphs: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Make this branch for the commit.", valueName: "name"))
    var branch: String?

    @Flag(help: "Only what is staged.")
    var staged = false

    @Flag(help: "Run everything; commit, push and fix nothing.")
    var dryRun = false

    @OptionGroup var options: Options

    func validate() throws {
        if message != nil, !paragraphs.isEmpty {
            throw ValidationError("The message stands twice: by itself and with `-m`.")
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
