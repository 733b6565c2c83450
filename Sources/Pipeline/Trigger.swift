internal import Configuration
internal import Files
internal import Git
internal import GitIndex
internal import Glibc
internal import Notation
internal import Planning
internal import Programs
internal import Reporting
internal import Spawn
internal import Staging
internal import SystemPackage
internal import Tools

/// Tells the CI of a push, if the push itself is not enough. A failure here is
/// only a warning.
struct Trigger {
    private let settings: TriggerSettings
    private let repository: Repository
    private let context: Context
    private let finder: Finder

    init(_ settings: TriggerSettings, _ repository: Repository, _ context: Context) {
        self.settings = settings
        self.repository = repository
        self.context = context
        finder = Finder(
            worktree: repository.worktree, active: context.environment["VIRTUAL_ENV"], managed: nil,
            path: context.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
    }

    /// Whether a webhook or command is configured.
    static func isAsked(by settings: TriggerSettings) -> Bool {
        settings.webhook != nil || settings.command != nil
    }

    /// Calls the webhook or the command.
    func tell(_ commit: ObjectID, _ tree: ObjectID, _ destination: Destination) {
        if let command = settings.command { return run(command, commit, destination) }
        guard let webhook = settings.webhook else { return }
        let body = JSON.object([
            ("event", .string("push")), ("remote", .string(destination.remote)),
            ("branch", .string(destination.branch)),
            ("ref", .string("refs/heads/\(destination.branch)")), ("commit", .string(commit.hex)),
            ("tree", .string(tree.hex)), ("time", .integer(time(nil))),
        ]).text
        var headers = ["Content-Type: application/json", "X-Hooks-Event: push"]
        if let key = context.environment[settings.secret], !key.isEmpty,
            let signature = signature(of: Array(body.utf8), key: Array(key.utf8))
        {
            // The header of GitHub, which receivers support.
            headers.append("X-Hub-Signature-256: sha256=\(signature.hexadecimal)")
        } else {
            warn("the webhook is not signed, because \(settings.secret) is not set")
        }
        post(body, headers, to: webhook)
    }

    private func post(_ body: String, _ headers: [String], to address: String) {
        // Other users must see neither the address nor the body.
        let program: FilePath
        let arguments: [String]
        let input: String
        if let curl = finder.find("curl") {
            program = curl.path
            arguments = [
                "--silent", "--show-error", "--fail", "--no-location", "--max-time", "4",
                "--retry", "2", "--retry-delay", "1", "--retry-all-errors",
                "--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}",
                "--config", "-",
            ]
            let lines =
                ["url = \"\(address)\"", "data-raw = \"\(Self.quoted(body))\""]
                + headers.map { "header = \"\($0)\"" }
            input = lines.joined(separator: "\n") + "\n"
        } else if let python = finder.find("python3") {
            program = python.path
            arguments = ["-I", "-c", Self.script]
            input = ([address] + headers + ["", body]).joined(separator: "\n")
        } else {
            return warn("the webhook failed: neither `curl` nor `python3` is installed")
        }
        let result = runDirectly(
            program, arguments.map { Array($0.utf8) },
            environment: context.environment.withoutGit(), input: Array(input.utf8))
        // `200 `, or `301 https://elsewhere/`: redirects are not followed.
        let answer = (lastLine(of: result.output) ?? "").split(separator: " ")
        let code = answer.first.flatMap { Int($0) } ?? 0
        if result.code == 0, (300..<400).contains(code) {
            let place = answer.count > 1 ? ", to \(answer[1])" : ""
            warn(
                "the webhook failed: its address answers with a redirect (\(code)\(place)); "
                    + "set `webhook` in [ci] to that address")
        } else if result.code == 0, !(200..<300).contains(code) {
            warn("the webhook failed: its address answers with status \(code)")
        } else if result.code != 0 {
            let reason = lastLine(of: result.errors) ?? "it was killed"
            warn("the webhook failed, after three attempts: \(reason)")
        }
    }

    private static func quoted(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }

    /// Calls the webhook with Python's standard library, if curl is not installed.
    private static let script = """
        import sys, time, urllib.error, urllib.request
        class NoRedirect(urllib.request.HTTPRedirectHandler):
            def redirect_request(self, *words):
                return None
        head, body = sys.stdin.read().split("\\n\\n", 1)
        address, *headers = head.split("\\n")
        send = urllib.request.build_opener(NoRedirect).open
        for attempt in range(3):
            try:
                request = urllib.request.Request(
                    address, body.encode(), dict(h.split(": ", 1) for h in headers))
                print(send(request, timeout=4).status)
                break
            except OSError as error:
                if isinstance(error, urllib.error.HTTPError) and 300 <= error.code < 400:
                    print(error.code, error.headers.get("Location", ""))
                    break
                if attempt == 2:
                    sys.exit(str(error))
                time.sleep(1)
        """

    private func run(_ command: String, _ commit: ObjectID, _ destination: Destination) {
        guard let words = try? Words(command), let name = words.leading.first else { return }
        let found = name.contains("/") ? nil : finder.find(name)?.path
        guard name.contains("/") || found != nil else {
            return warn(
                "the CI was not told: the program `\(safeName(name.utf8))` is not installed")
        }
        let program = found ?? repository.worktree.pushing(FilePath(name))
        var environment = context.environment.withoutGit()
        environment[Context.runMark] = nil
        environment["HOOKS_COMMIT"] = commit.hex
        environment["HOOKS_BRANCH"] = destination.branch
        environment["HOOKS_REMOTE"] = destination.remote
        let invocation = Invocation(
            program: program, arguments: words.leading.dropFirst().map { Array($0.utf8) },
            folder: repository.worktree, environment: environment, timeout: .seconds(30))
        let completion = waiting { await Spawn.run(invocation) }
        guard completion?.isSuccess != true else { return }
        let reason = lastLine(of: completion?.output ?? []) ?? "it printed nothing"
        warn("the CI was not told: `\(safeName(command.utf8))` failed: \(reason)")
    }

    private func warn(_ text: String) { context.renderer.handle(.note("warning: \(text)")) }
}

extension [UInt8] {
    /// Two digits per byte.
    var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
