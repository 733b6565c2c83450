import Adoption
import ArgumentParser
internal import Planning

/// `hooks uninstall`
struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall",
        abstract: "Remove the git hooks, and restore those that were there before.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { try setup($0).uninstall() }
    }
}
