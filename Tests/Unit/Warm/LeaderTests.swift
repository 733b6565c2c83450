import Foundation
import Spawn
import SystemPackage
import TestSupport
import Testing
import Warm

/// What a run through a server leaves behind, however it ends; as under a guard.
@Suite(.serialized)
struct LeaderTests {
    /// A tool that starts others, and waits; it tells the numbers of all of them.
    private let family = """
        import os, subprocess, sys, time
        children = [subprocess.Popen(["sleep", "100"]), subprocess.Popen(["setsid", "sleep", "100"])]
        with open("family.new", "w") as file:
            file.write(" ".join(str(p) for p in [os.getppid(), os.getpid()] + [c.pid for c in children]))
        os.rename("family.new", "family")
        time.sleep(100)

        """

    private func family(_ tool: WarmTool) -> [Int32] {
        (tool.text("work/family") ?? "").split(separator: " ").compactMap { Int32($0) }
    }

    @Test func timeEndsAllOfIt() async throws {
        let tool = try WarmTool(family)
        tool.timeout = .milliseconds(500)
        #expect(try await tool.warm().ending == .timedOut)
        #expect(family(tool).count == 4)
        #expect(family(tool).allSatisfy { !isAlive($0) })
    }

    @Test func callingItOffEndsAllOfIt() async throws {
        let tool = try WarmTool(family)
        #expect(await tool.ask() == nil)
        try await tool.start()
        let run = tool.begin()
        try await until("it runs") { family(tool).count == 4 }
        run.cancel()
        #expect(await run.value?.ending == .cancelled)
        #expect(family(tool).allSatisfy { !isAlive($0) })
        #expect(tool.servers.running().count == 1)
    }

    @Test func killedServerLetsTheRunGoOn() async throws {
        let tool = try WarmTool(
            "import os, time\nopen('begun', 'w').close()\n"
                + "while not os.path.exists('go'):\n    time.sleep(0.01)\nprint('done')\n")
        #expect(await tool.ask() == nil)
        try await tool.start()
        let run = tool.begin()
        try await until("it runs") { tool.text("work/begun") != nil }
        kill(try #require(tool.servers.running().first?.process), SIGKILL)
        try tool.write("work/go", "")
        let done = await run.value
        #expect(done?.ending == .exited(0))
        #expect(done?.output == Array("done\n".utf8))
    }

    @Test func killedLeaderIsALostRunAndLeavesNothing() async throws {
        let tool = try WarmTool(family)
        #expect(await tool.ask() == nil)
        try await tool.start()
        let run = tool.begin()
        try await until("it runs") { family(tool).count == 4 }
        kill(family(tool)[0], SIGKILL)
        #expect(await run.value?.ending == .lost)
        try await until("all of it is gone") { family(tool).allSatisfy { !isAlive($0) } }
    }

    @Test func daemonIsEndedAndNamed() async throws {
        let tool = try WarmTool(
            "import subprocess\nsubprocess.Popen(['setsid', 'sleep', '100'])\nprint('done')\n")
        #expect(await tool.ask() == nil)
        try await tool.start()
        let done = await tool.ask()
        #expect(done?.ending == .exited(0))
        #expect(done?.leftRunning == ["sleep"])
    }

    @Test func protectedFolderIsReadOnly() async throws {
        let tool = try WarmTool(
            """
            import os
            open("written", "w").close()
            for path in ("../kept/a", "../kept/new"):
                try:
                    open(path, "w").close()
                except OSError as error:
                    print(error.strerror)

            """)
        try tool.write("kept/a", "a")
        tool.protected = [tool.top.appending("kept")]
        let outcome = try await tool.warm()
        #expect(outcome.text == "Read-only file system\nRead-only file system\n")
        #expect(tool.text("kept/a") == "a")
        #expect(tool.text("work/written") == "")
        // And the next one may, when nothing is protected.
        tool.protected = []
        #expect(try await tool.warm().text == "")
        #expect(tool.text("kept/new") == "")
    }

    @Test func outputOfAFloodIsItsEnd() async throws {
        let tool = try WarmTool(
            "import sys\nfor _ in range(40):\n    sys.stdout.write('x' * (1 << 20))\n"
                + "print('the end')\n")
        let outcome = try await tool.warm()
        #expect(outcome.output.count <= 1 << 20)
        #expect(outcome.text.hasSuffix("xxthe end\n"))
    }

    @Test func largeRequestArrivesWhole() async throws {
        let tool = try WarmTool("import sys\nprint(len(sys.argv), sys.argv[-1])\n")
        let words = (0..<20_000).map { "file-with-a-name-of-some-length-\($0).py" }
        #expect(try await tool.warm(words).text == "20001 \(words.last ?? "")\n")
    }

    @Test func manyAtOnceAreAllServed() async throws {
        let tool = try WarmTool("import sys, time\ntime.sleep(0.05)\nprint(sys.argv[1])\n")
        #expect(await tool.ask() == nil)
        try await tool.start()
        let servers = tool.servers
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<24 {
                let invocation = Invocation(
                    program: tool.script, arguments: [Array("\(number)".utf8)],
                    folder: tool.top.appending("work"),
                    environment: ProcessEnvironment(
                        rows: tool.variables.map { Array("\($0)=\($1)".utf8) }))
                group.addTask {
                    let done = await servers.run(invocation, idle: .seconds(60)) { _ in
                        ["tool-1.dist-info"]
                    }
                    return done.map { $0.output == Array("\(number)\n".utf8) } ?? true
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
