import ArgumentParser
internal import GitHooks

/// `hooks undo`
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Undo the last fix: restore the earlier content of the working files.",
        discussion: "The index does not change. A second undo applies the fix again.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { try Undo($0).run() }
    }
}
