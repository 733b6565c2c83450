import ArgumentParser
import Glibc
import Pipeline
import Reporting
import SystemPackage

/// `hooks status`
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show what is true of this branch, what is missing, and the next command.")

    @Option(
        help: ArgumentHelp("Print what this job printed when it last ran.", valueName: "job"))
    var log: String?

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let status = try Status(context)
            let writer = ByteWriter(.standardOutput)
            defer { writer.flush() }
            if let log {
                let output = try status.output(of: log)
                let isTerminal = isatty(STDOUT_FILENO) == 1
                writer.write(isTerminal ? Array(safeOutput(output, color: true).utf8) : output)
                return .fine
            }
            let report = try status.report()
            writer.write(options.json ? report.json : report.text(now: Int64(time(nil))))
            return .fine
        }
    }
}
