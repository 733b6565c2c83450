import Adoption
import ArgumentParser
import Git
internal import Planning
import Reporting
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
            let answers = Doctor(try Repository(at: context.folder), context).examine()
            let wrong = answers.filter { !$0.isFine }
            let status: ExitStatus = wrong.isEmpty ? .fine : .failed
            let writer = ByteWriter(.standardOutput)
            for answer in answers where !options.quiet || !answer.isFine || options.json {
                if options.json {
                    writer.write(answer.json.text + "\n")
                } else {
                    writer.write("\(answer.isFine ? "ok" : "no")  \(answer.name): \(answer.text)\n")
                    for cure in answer.cures { writer.write("    hint: \(cure)\n") }
                }
            }
            writer.flush()
            if !options.json {
                let message = wrong.isEmpty ? "this clone is protected" : "\(wrong.count) to mend"
                context.renderer.handle(.ended(Summary(message: message, exitStatus: status)))
            }
            return status
        }
    }
}
