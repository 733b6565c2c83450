import Adoption
import ArgumentParser
import Git
internal import Planning
import SystemPackage

/// `hooks doctor`
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Ask whether this clone is protected; say of each no how to cure it.",
        discussion: "Changes nothing. Exits with 1 when an answer is no.")

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let repository = try Repository(at: context.folder)
            return Doctor(repository, context).run(quietly: options.quiet)
        }
    }
}
