import ArgumentParser
import Pipeline
internal import Planning
import Reporting
import SystemPackage

/// `hooks status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show the state of this branch, what is missing, and the next command.")

    @Option(
        help: ArgumentHelp("Print the output of the last run of this job.", valueName: "job"))
    var log: String?

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let status = try Status(context)
            let answer: Event =
                try log.map { .output(try status.output(of: $0)) } ?? .answer(status.report())
            context.renderer.handle(answer)
            return .fine
        }
    }
}
