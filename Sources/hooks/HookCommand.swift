import Configuration
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
        let hook = GitHook.named(words.first ?? "")
        if let hook, hook.hasInput, isatty(STDIN_FILENO) == 1 {
            return ending(renderer) { throw missingInput(hook) }
        }
        // Without its git nobody would see the results of the tests of a push.
        if hook == .prePush { Interruption.current.endWithParent() }
        let input = hook?.hasInput == true ? standardInput() : []
        let isOff = environment["HOOKS"] == "0"
        if isOff {
            renderer.handle(.ended(Summary(message: "skipped, because HOOKS=0", exitStatus: .fine)))
        }
        // Only this command is turned off, not the git commands that it starts.
        environment["HOOKS"] = nil
        var context = Context(
            folder: currentFolder(), environment: environment, renderer: renderer,
            jobs: processorCount())
        // Nobody types a command in a CI.
        if environment["CI"] == nil {
            let isShip = environment[Context.runMark] != nil
            context.command = isShip ? "hooks ship" : gitCommand(of: words.first)
        }
        let lfs = LargeFileStorage(context, hook: words.first ?? "")
        let status = ending(renderer) {
            guard let hook else { throw unknown(words.first ?? "") }
            let status = isOff ? .fine : try run(hook, arguments, input, context)
            // The content of git-lfs must be uploaded whatever is skipped here.
            return status == .fine ? try lfs.run(rawArguments(after: 3), input) : status
        }
        context.servers.startMissing()
        return status
    }

    private static func run(
        _ hook: GitHook, _ arguments: [String], _ input: [UInt8], _ context: Context
    ) throws -> ExitStatus {
        let first = arguments.first ?? ""
        switch hook.kind {
        case .commit: return try PreCommit(context, kind: .commit).run()
        case .merge: return try PreCommit(context, kind: .merge).run()
        case .message:
            guard !first.isEmpty else { throw missingFile(hook) }
            return try CommitMessageHook(context, hook, arguments: arguments).run()
        case .push:
            let url = arguments.dropFirst().first ?? ""
            return try PrePush(context, remote: first, url: url).run(input)
        case .references: return try ReferenceTransaction(context, state: first).run(input)
        case .event: return try EventHook(context, hook, arguments: arguments).run(input)
        }
    }

    private static func unknown(_ name: String) -> Failure {
        Failure(
            message: "`\(safeName(name.utf8))` is not a git hook that hooks supports",
            hints: ["`hooks install` writes the supported hooks"], exitStatus: .usage)
    }

    private static func missingFile(_ hook: GitHook) -> Failure {
        Failure(
            message: "\(hook.name) needs the path of the file with the commit message",
            hints: ["`hooks hook \(hook.name) .git/COMMIT_EDITMSG` checks the last message"],
            exitStatus: .usage)
    }

    /// The hook waits for input from git, but was typed in a terminal; it would wait forever.
    private static func missingInput(_ hook: GitHook) -> Failure {
        Failure(
            message:
                "\(hook.name) reads the changes that git announces from standard input, but standard input is a terminal",
            hints: hook == .prePush ? ["`hooks run pre-push` runs it by hand"] : [],
            exitStatus: .usage)
    }
}

/// The git command that starts the hook.
private func gitCommand(of hook: String?) -> String {
    switch hook {
    case "pre-push": "git push"
    case "pre-merge-commit": "git merge"
    default: "git commit"
    }
}

/// Runs a command and returns its exit status; errors are shown.
func ending(_ renderer: any Renderer, _ body: () throws -> ExitStatus) -> Int32 {
    defer { renderer.close() }
    do {
        return try body().code
    } catch let error as any Explained {
        renderer.report(error)
        return error.exitStatus.code
    } catch {
        let fault = Failure(
            message: "internal error: \(safeName("\(error)".utf8))",
            hints: ["nothing was lost; please report this error with the command that caused it"],
            exitStatus: .fault)
        renderer.report(fault)
        return ExitStatus.fault.code
    }
}
