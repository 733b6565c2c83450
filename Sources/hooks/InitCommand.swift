import Adoption
import ArgumentParser
import Git
import Pipeline
internal import Planning
import Reporting
import SystemPackage

/// `hooks init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write hooks.toml: from .pre-commit-config.yaml, lefthook.yml, or what is there.",
        discussion: "What cannot be carried over is listed, here and at the head of the file.")

    @Flag(help: "Replace a hooks.toml that is there.")
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
            if let ci {
                let isNew = try CIFile(ci, context).write()
                context.renderer.handle(
                    .note("\(ci.path.string) \(isNew ? "written" : "is there already")"))
            }
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
            let from = result.source.map { "from \($0)" } ?? "from what the project has"
            let count = result.leftOut.count
            let left = count == 0 ? "" : "; \(count) not carried over, see above"
            context.renderer.handle(
                .ended(
                    Summary(
                        message: onlyPrints ? "" : "wrote hooks.toml \(from)\(left)",
                        hints: onlyPrints
                            ? []
                            : [
                                "look at it, then `hooks install` and `hooks run pre-commit --all --check`"
                            ],
                        exitStatus: .fine)))
            return .fine
        }
    }
}

extension CIFile.Service: ExpressibleByArgument {}
