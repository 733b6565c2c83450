import ArgumentParser
internal import Planning
import Reporting
import Spawn
import SystemPackage

/// The command line: one file for each command.
struct Hooks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooks",
        abstract: "Git hooks that format and check exactly what you commit.",
        discussion:
            "HOOKS_SKIP=black,flake8 skips jobs for one command; HOOKS=0 skips all of them.",
        version: JobCatalogue.version,
        subcommands: [
            InitCommand.self,
            InstallCommand.self, UninstallCommand.self, FixCommand.self, RunCommand.self,
            ShipCommand.self, StatusCommand.self,
            UndoCommand.self, ToolsCommand.self, DoctorCommand.self, SchemaCommand.self,
            ListCommand.self,
        ])

    /// Exit status 2 for a wrong command line, as everywhere else in hooks.
    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        if let mistake = WrongUsage(in: words) { refuse(mistake, words) }
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            if exitCode(for: error) == .validationFailure {
                refuse(WrongUsage(parser: message(for: error), in: words), words)
            }
            exit(withError: error)
        }
    }

    private static func refuse(_ mistake: WrongUsage, _ words: [String]) -> Never {
        let output = Output(json: words.contains("--json"))
        output.renderer(.inherited()).report(mistake)
        exit(withError: ExitCode(mistake.exitStatus.code))
    }
}
