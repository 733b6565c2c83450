import Adoption
import ArgumentParser
import Git
internal import Planning
import SystemPackage

/// `hooks doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Find problems that leave this clone unprotected, and show how to solve each.",
        discussion: "Changes nothing. Exits with 1 if there is a problem.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let repository = try Repository(at: context.folder)
            return Doctor(repository, context).run(quietly: options.quiet)
        }
    }
}
