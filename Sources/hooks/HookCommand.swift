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
        // Nobody would learn what the tests of a push say once its git is gone.
        if words.first == "pre-push" { Interruption.current.endWithParent() }
        let input = hasInput ? standardInput() : []
        if environment["HOOKS"] == "0" {
            renderer.handle(.ended(Summary(message: "skipped, because HOOKS=0", exitStatus: .fine)))
            return 0
        }
        // Git's own command is finished before anything here could be of use to it.
        environment["HOOKS"] = nil
        let context = Context(
            folder: currentFolder(), environment: environment, renderer: renderer,
            jobs: processorCount())
        let status = ending(renderer) {
            switch words.first {
            case "pre-commit": try PreCommit(context, kind: .commit).run()
            case "pre-merge-commit": try PreCommit(context, kind: .merge).run()
            case "commit-msg":
                try CommitMessageHook(context, file: FilePath(arguments.first ?? "")).run()
            case "pre-push":
                try PrePush(
                    context, remote: arguments.first ?? "", url: arguments.dropFirst().first ?? ""
                )
                .run(input)
            case "post-checkout":
                try ToolNews(context, before: arguments.first ?? "").run()
            case "post-merge":
                try ToolNews(context, before: "ORIG_HEAD").run()
            case "reference-transaction":
                try ReferenceTransaction(context, state: arguments.first ?? "").run(input)
            default:
                throw Failure(
                    message:
                        "`\(safeName((words.first ?? "").utf8))` is not a git hook that hooks serves",
                    hints: ["`hooks install` writes those that it serves"], exitStatus: .usage)
            }
        }
        context.servers.startMissing()
        return status
    }
}

/// Runs a command to its exit status; whatever it throws is shown.
func ending(_ renderer: any Renderer, _ body: () throws -> ExitStatus) -> Int32 {
    defer { (renderer as? TimingsRenderer)?.close() }
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
