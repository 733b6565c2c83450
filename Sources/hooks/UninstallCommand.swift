import ArgumentParser
import Git
import Installation
internal import Planning
import Reporting

/// `hooks uninstall`
struct UninstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Take the hooks out; bring back what was there before.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let repository = try Repository(at: context.folder)
            let result = try Installation(repository, program: ownProgram()).uninstall()
            for line in result.lines { context.renderer.handle(.note(line)) }
            let place = safeName(result.folder)
            let message =
                result.changed ? "removed from \(place)" : "there is nothing of hooks in \(place)"
            context.renderer.handle(.ended(Summary(message: message, exitStatus: .fine)))
            return .fine
        }
    }
}
