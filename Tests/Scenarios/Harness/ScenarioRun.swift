import Foundation
import Subprocess
import SystemPackage

/// Plays a scenario in a sandbox and compares.
struct ScenarioRun {
    /// The program under test; without it there is no `hooks` on the path.
    var binary: URL?
    /// The folder of the Python tools.
    var tools: URL?
    /// A file of shell functions that every scenario may call.
    var prelude: URL?
    var timeout: Duration = .seconds(60)

    struct Outcome {
        /// One text for each thing that is not as the scenario says.
        var complaints: [String] = []
        /// The scenario with what really happened.
        var recorded: Scenario
    }

    func play(_ scenario: Scenario) async throws -> Outcome {
        let sandbox = try Sandbox(binary: binary)
        defer { sandbox.remove() }
        let steps = sandbox.base.appending(path: "steps")
        try Data(try script(scenario, into: steps).utf8).write(to: steps.appending(path: "all"))

        let inTime = await start(sandbox)
        var outcome = compare(scenario, sandbox)
        if !inTime { outcome.complaints.append("stopped after \(timeout)") }
        outcome.complaints += await sandbox.reap().map { "still running at the end: \($0)" }
        return outcome
    }

    /// One shell plays all steps, so that `cd` and `export` last; each is a file that it reads.
    private func script(_ scenario: Scenario, into folder: URL) throws -> String {
        var lines = ["cd \"$WORK\" || exit"]
        if let prelude { lines.append(". \(quoted(prelude.path))") }
        var count = 0
        for (position, piece) in scenario.pieces.enumerated() {
            switch piece {
            case .prose: break
            case .file(let file):
                let source = folder.appending(path: "file-\(position)")
                try Data(file.content).write(to: source)
                let target = "\"$WORK\"/" + quoted(file.path)
                lines.append("mkdir -p \"$(dirname \(target))\"")
                lines.append("cp \(quoted(source.path)) \(target)")
                lines.append("chmod \(file.executable ? 755 : 644) \(target)")
            case .step(let step):
                let path = folder.appending(path: "\(count)").path
                try Data((step.command.joined(separator: "\n") + "\n").utf8)
                    .write(to: URL(fileURLWithPath: path))
                let name = quoted(path)
                lines.append(". \(name) >\(name).out 2>&1")
                lines.append("echo $? >\(name).status")
                lines.append("[ ! -f \"$LOG\" ] || cp \"$LOG\" \(name).log")
                count += 1
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Runs the shell in a session of its own. False when it took too long.
    private func start(_ sandbox: Sandbox) async -> Bool {
        var variables: [Environment.Key: String] = [:]
        for (name, value) in sandbox.environment(tools: tools) {
            if let key = Environment.Key(rawValue: name) { variables[key] = value }
        }
        let environment = Environment.custom(variables)
        let path = sandbox.base.path + "/steps/all"
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                var options = PlatformOptions()
                options.createSession = true
                _ = try? await run(
                    .path("/bin/sh"), arguments: [path], environment: environment,
                    platformOptions: options, output: .discarded, error: .discarded)
                return true
            }
            group.addTask {
                try? await Task.sleep(for: timeout)
                return false
            }
            let inTime = await group.next() ?? false
            if !inTime { sandbox.killAll() }
            group.cancelAll()
            return inTime
        }
    }

    private func compare(_ scenario: Scenario, _ sandbox: Sandbox) -> Outcome {
        let transcript = Transcript(places: [
            (sandbox.base.path + "/work", "$WORK"), (sandbox.base.path, "$BASE"),
        ])
        var outcome = Outcome(recorded: scenario)
        var count = 0
        for (position, piece) in scenario.pieces.enumerated() {
            guard case .step(let expected) = piece else { continue }
            let path = sandbox.base.path + "/steps/\(count)"
            count += 1
            let output = FileManager.default.contents(atPath: path + ".out") ?? Data()
            var actual = expected
            actual.output = transcript.lines(of: Array(output))
            guard let data = FileManager.default.contents(atPath: path + ".status"),
                let status = Int(String(decoding: data, as: UTF8.self).dropLast())
            else {
                outcome.complaints.append(
                    "line \(expected.line): the shell did not get past\n"
                        + actual.lines.joined(separator: "\n"))
                break
            }
            actual.status = status
            outcome.recorded.pieces[position] = .step(actual)
            guard actual.output != expected.output || actual.status != expected.status else {
                continue
            }
            var complaint = "line \(expected.line): expected\n"
            complaint += expected.lines.joined(separator: "\n")
            complaint +=
                "\nbut got\n"
                + actual.lines.dropFirst(actual.command.count)
                .joined(separator: "\n")
            if actual.status == 0 { complaint += "\n? 0" }
            if let log = FileManager.default.contents(atPath: path + ".log") {
                complaint += "\nand in $LOG\n"
                complaint += transcript.lines(of: Array(log)).suffix(60).joined(separator: "\n")
            }
            outcome.complaints.append(complaint)
        }
        return outcome
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
