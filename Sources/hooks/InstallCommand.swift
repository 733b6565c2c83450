import Adoption
import ArgumentParser
import Files
import Git
import Installation
internal import Planning
internal import Programs
import Reporting
import SystemPackage

/// `hooks install`
struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Install the git hooks in this clone.",
        discussion:
            "Existing hooks are kept and run first. Pinned tools are installed; in a Python "
            + "project black, flake8, isort and pytest too, if they are needed and not found.")

    @Flag(
        help: "Use the hooks of this clone even if core.hooksPath of the user names another folder."
    )
    var force = false

    @Flag(name: .customLong("no-tools"), help: "Do not install tools.")
    var withoutTools = false

    @OptionGroup var provisioning: Provisioning

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let manner = ToolSync.Manner(
                source: try provisioning.source(context),
                python: provisioning.interpreter(context), verbose: options.verbose)
            return try setup(context).install(
                force: force, tools: withoutTools ? nil : manner)
        }
    }
}

/// The installation of the running program into the clone of the current folder.
func setup(_ context: Context) throws -> Setup {
    let repository = try Repository(at: context.folder)
    let installation = Installation(repository, program: try ownProgram())
    return Setup(repository, installation, context)
}

/// The full path of the running program, which the installed scripts call.
func ownProgram() throws -> FilePath {
    do {
        return try Folder(opening: "/proc/self").target(of: "exe")
    } catch {
        throw Failure(message: "cannot find the path of the program `hooks`", exitStatus: .broken)
    }
}
