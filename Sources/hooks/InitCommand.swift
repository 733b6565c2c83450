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
        abstract: "Write hooks.toml: from .pre-commit-config.yaml, lefthook.yml, or what is there.",
        discussion: "What cannot be carried over is listed, here and at the head of the file.")

    @Flag(help: "Replace a file that is there; `hooks undo` brings the old one back.")
    var force = false

    @Flag(name: .customLong("print"), help: "Only print it.")
    var onlyPrints = false

    @Option(
        help: ArgumentHelp(
            "Write the file that makes this CI run the phases, and nothing else: github or gitlab.",
            valueName: "service"))
    var ci: CIFile.Service?

    @Flag(help: "Write `dev-workflow.sh` and `test.sh`, two lines each, and nothing else.")
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
                context.renderer.handle(.note("not carried over: \(each)"))
            }
            if !onlyPrints { context.renderer.handle(.ended(summary(of: result))) }
            return .fine
        }
    }

    private func summary(of result: Init.Result) -> Summary {
        let from = result.source.map { "from \($0)" } ?? "from what the project has"
        let count = result.leftOut.count
        let left = count == 0 ? "" : "; \(count) not carried over, see above"
        return Summary(
            message: "wrote hooks.toml \(from)\(left)",
            hints: [
                "look at it, then `hooks install` and `hooks run pre-commit --all --check`",
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
        case .unchanged: context.renderer.handle(.note("\(path) is there already"))
        case .written:
            context.renderer.handle(.note("\(path) written"))
            context.renderer.handle(.note("the runners get the program from \(file.source)"))
        case .replaced:
            context.renderer.handle(
                .note("\(path) written again; `hooks undo` brings the former one back"))
        }
    }
}

extension CIFile.Service: ExpressibleByArgument {}
