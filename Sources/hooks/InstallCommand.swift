import ArgumentParser
import Configuration
import Files
import Git
import Installation
internal import Planning
internal import Programs
import Reporting
import Staging
import SystemPackage

/// `hooks install`
struct InstallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Put the hooks into this clone.",
        discussion:
            "Hooks that are there already are kept and run first. Pinned tools are installed.")

    @Flag(help: "Give this clone its own hooks although core.hooksPath of the user says otherwise.")
    var force = false

    @OptionGroup var provisioning: Provisioning

    @OptionGroup var options: Options

    func run() throws {
        try options.run { context in
            let repository = try Repository(at: context.folder)
            let catalogue = try ConfigurationFile.load(repository, for: .worktree)
            let result = try Installation(repository, program: ownProgram()).install(
                strict: catalogue.protect.strict, force: force)
            try NotedEnvironment.note(repository, context.environment)
            for line in result.lines { context.renderer.handle(.note(line)) }
            for (hook, jobs) in try catalogue.installed() {
                context.renderer.handle(
                    .note("\(hook) runs \(jobs.isEmpty ? "nothing" : jobs.joined(separator: ", "))")
                )
            }
            let manner = ToolSync.Manner(
                source: try provisioning.source(context), verbose: options.verbose)
            do {
                if let done = try ToolSync(repository, catalogue, context, manner).run() {
                    context.renderer.handle(.note("tools: \(done)"))
                }
            } catch {
                context.renderer.handle(
                    .note("the hooks are in \(safeName(result.folder)); the tools are missing"))
                throw error
            }
            let place = safeName(result.folder)
            let message = result.changed ? "installed in \(place)" : "already installed in \(place)"
            context.renderer.handle(.ended(Summary(message: message, exitStatus: .fine)))
            return .fine
        }
    }
}

/// The full path of the running program, which the installed scripts call.
func ownProgram() throws -> FilePath {
    do {
        return try Folder(opening: "/proc/self").target(of: "exe")
    } catch {
        throw Failure(message: "cannot tell where the program `hooks` is", exitStatus: .broken)
    }
}
