import Adoption
import ArgumentParser
import Git
import Planning
import Reporting
import Runners
import SystemPackage

/// `hooks init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract:
            "Write hooks.toml from .pre-commit-config.yaml, lefthook.yml or the project's files.",
        discussion: "What cannot be converted is listed in the output and at the top of the file.")

    @Flag(help: "Replace an existing file; `hooks undo` restores the old one.")
    var force = false

    @Flag(name: .customLong("print"), help: "Print the file instead of writing it.")
    var onlyPrints = false

    @Option(
        help: ArgumentHelp(
            "Write only the file that makes this CI run the phases: github or gitlab.",
            valueName: "service"))
    var ci: CIFile.Service?

    @Flag(help: "Write only the scripts `dev-workflow.sh` and `test.sh`, two lines each.")
    var scripts = false

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            if let ci { try write(ci, context) }
            if scripts {
                for line in try WorkflowScripts(context).write() {
                    context.renderer.handle(.note(line))
                }
            }
            if ci != nil || scripts { return .fine }
            let draft = Init(try Repository(at: context.folder), context)
            let result = try draft.draft()
            if onlyPrints {
                context.renderer.handle(.answer(Printout(result.text)))
            } else {
                try draft.write(result, force: force)
            }
            for remark in result.remarks { context.renderer.handle(.note(remark)) }
            for each in result.leftOut {
                context.renderer.handle(.note("not converted: \(each)"))
            }
            if !onlyPrints { context.renderer.handle(.ended(summary(of: result))) }
            return .fine
        }
    }

    private func summary(of result: Init.Proposal) -> Summary {
        let from = result.source.map { "from \($0)" } ?? "from the project's files"
        let count = result.leftOut.count
        let left = count == 0 ? "" : "; \(count) not converted, see above"
        return Summary(
            message: "wrote hooks.toml \(from)\(left)",
            hints: [
                "review it, then run `hooks install` and `hooks run pre-commit --all --check`",
                "then `hooks ship \"MESSAGE\"` tests, commits and pushes; `hooks status` shows what is missing",
            ],
            exitStatus: .fine)
    }

    private func write(_ service: CIFile.Service, _ context: Context) throws {
        let file = try CIFile(service, context, program: ownProgram())
        if onlyPrints {
            let writer = ByteWriter(.standardOutput)
            writer.write(file.text)
            writer.flush()
            return
        }
        let path = service.path.string
        switch try file.write(force: force) {
        case .unchanged: context.renderer.handle(.note("\(path) is up to date"))
        case .written:
            context.renderer.handle(.note("\(path) written"))
            context.renderer.handle(.note("the runners download the program from \(file.source)"))
        case .replaced:
            context.renderer.handle(
                .note("\(path) replaced; `hooks undo` restores the old file"))
        }
    }
}

extension CIFile.Service: ExpressibleByArgument {}
