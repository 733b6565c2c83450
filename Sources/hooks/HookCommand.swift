internal import GitHooks
import Glibc
internal import Planning
import Reporting
import Spawn
import SystemPackage
import Warm

/// `hooks hook NAME ...`: what the scripts in `hooks/` call.
enum HookCommand {
    static func main(_ words: [String]) -> Int32 {
        var environment = ProcessEnvironment.inherited()
        let renderer = Output().renderer(environment)
        let arguments = Array(words.dropFirst())
        let hasInput = words.first == "pre-push" || words.first == "reference-transaction"
        if let name = words.first, hasInput, isatty(STDIN_FILENO) == 1 {
            return ending(renderer) { throw missingInput(name) }
        }
        // Nobody would learn what the tests of a push say once its git is gone.
        if words.first == "pre-push" { Interruption.current.endWithParent() }
        let input = hasInput ? standardInput() : []
        let isOff = environment["HOOKS"] == "0"
        if isOff {
            renderer.handle(.ended(Summary(message: "skipped, because HOOKS=0", exitStatus: .fine)))
        }
        // Git's own command is finished before anything here could be of use to it.
        environment["HOOKS"] = nil
        let context = Context(
            folder: currentFolder(), environment: environment, renderer: renderer,
            jobs: processorCount())
        let lfs = LargeFileStorage(context, hook: words.first ?? "")
        let status = ending(renderer) {
            let status = isOff ? .fine : try run(words.first, arguments, input, context)
            // Its content has to get there whatever is skipped here.
            return status == .fine ? try lfs.run(rawArguments(after: 3), input) : status
        }
        context.servers.startMissing()
        return status
    }

    private static func run(
        _ name: String?, _ arguments: [String], _ input: [UInt8], _ context: Context
    ) throws -> ExitStatus {
        switch name {
        case "pre-commit": return try PreCommit(context, kind: .commit).run()
        case "pre-merge-commit": return try PreCommit(context, kind: .merge).run()
        case "commit-msg":
            guard let file = arguments.first, !file.isEmpty else {
                throw Failure(
                    message: "commit-msg needs the file with the message",
                    hints: ["`hooks hook commit-msg .git/COMMIT_EDITMSG` looks at the last one"],
                    exitStatus: .usage)
            }
            return try CommitMessageHook(context, file: FilePath(file)).run()
        case "pre-push":
            return try PrePush(
                context, remote: arguments.first ?? "", url: arguments.dropFirst().first ?? ""
            )
            .run(input)
        case "post-checkout":
            return try ToolNews(context, before: arguments.first ?? "").run()
        case "post-merge":
            return try ToolNews(context, before: "ORIG_HEAD").run()
        case "reference-transaction":
            return try ReferenceTransaction(context, state: arguments.first ?? "").run(input)
        default:
            throw Failure(
                message:
                    "`\(safeName((name ?? "").utf8))` is not a git hook that hooks serves",
                hints: ["`hooks install` writes those that it serves"], exitStatus: .usage)
        }
    }

    /// Somebody has typed the name of a hook that git feeds; it would wait for ever.
    private static func missingInput(_ name: String) -> Failure {
        Failure(
            message:
                "\(name) reads from its standard input what git is about to change, and this is a terminal",
            hints: name == "pre-push" ? ["`hooks run pre-push` does it by hand"] : [],
            exitStatus: .usage)
    }
}

/// Runs a command to its exit status; whatever it throws is shown.
func ending(_ renderer: any Renderer, _ body: () throws -> ExitStatus) -> Int32 {
    defer { renderer.close() }
    do {
        return try body().code
    } catch let error as any Explained {
        renderer.report(error)
        return error.exitStatus.code
    } catch {
        let fault = Failure(
            message: "a fault of hooks itself: \(safeName("\(error)".utf8))",
            hints: ["nothing was lost; please report it with the command that showed it"],
            exitStatus: .fault)
        renderer.report(fault)
        return ExitStatus.fault.code
    }
}
