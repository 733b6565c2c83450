import ArgumentParser
internal import GitHooks

/// `hooks undo`
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Bring back the bytes that the last fix replaced in working files.",
        discussion: "The index is left alone. A second undo brings the fix back.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { try Undo($0).run() }
    }
}
