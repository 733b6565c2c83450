import ArgumentParser
internal import Planning
import Reporting
import SystemPackage

/// The command line: one file a command.
struct Hooks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hooks",
        abstract: "Git hooks that format and check exactly what you commit.",
        discussion: "HOOKS_SKIP=black,flake8 leaves jobs out once; HOOKS=0 leaves all of them out.",
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
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            let code = exitCode(for: error)
            if code == .validationFailure {
                let writer = ByteWriter(.standardError)
                writer.write(fullMessage(for: error) + "\n")
                writer.flush()
                exit(withError: ExitCode(2))
            }
            exit(withError: error)
        }
    }
}
