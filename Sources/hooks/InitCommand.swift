import ArgumentParser
import Engine
import Pipeline
import Reporting
import SystemPackage

/// `hooks init`
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write what a project needs: the CI file, and the scripts of the workflow.")

    @Option(
        help: ArgumentHelp(
            "Write the file that makes this CI run the phases: github or gitlab.",
            valueName: "service"))
    var ci: CIFile.Service?

    @Flag(help: "Write `dev-workflow.sh` and `test.sh`, two lines each.")
    var scripts = false

    @OptionGroup var options: Options

    func validate() throws {
        if ci == nil, !scripts { throw ValidationError("Give `--ci`, `--scripts` or both.") }
    }

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
            return .fine
        }
    }
}

extension CIFile.Service: ExpressibleByArgument {}
