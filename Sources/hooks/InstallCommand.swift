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
        commandName: "install", abstract: "Put the hooks into this clone.",
        discussion:
            "Hooks that are there already are kept and run first. Pinned tools are installed; in a Python "
            + "project black, flake8, isort and pytest too, where they are needed and not found.")

    @Flag(help: "Give this clone its own hooks although core.hooksPath of the user says otherwise.")
    var force = false

    @Flag(name: .customLong("no-tools"), help: "Install no tools.")
    var withoutTools = false

    @OptionGroup var provisioning: Provisioning

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let manner = ToolSync.Manner(
                source: try provisioning.source(context), verbose: options.verbose)
            return try setup(context).install(
                force: force, tools: withoutTools ? nil : manner)
        }
    }
}

/// What puts this very program into the clone that the user stands in.
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
        throw Failure(message: "cannot tell where the program `hooks` is", exitStatus: .broken)
    }
}
