import Foundation
import Spawn
import SystemPackage
import TestSupport
import Testing
import Warm

/// Prints how often its module was imported, by the length of a file that grows with each import.
private let counting = "import counted\nprint(counted.times())\n"
private let countedModule = """
    import os

    with open(os.path.join(os.environ["TOP"], "imports"), "a") as file:
        file.write("x")


    def times():
        return os.path.getsize(os.path.join(os.environ["TOP"], "imports"))

    """

/// When a server serves, and when it leaves the work to a fresh process.
@Suite(.serialized)
struct ServerTests {
    private func counter() throws -> WarmTool {
        let tool = try WarmTool(counting)
        try tool.write("bin/counted.py", countedModule)
        return tool
    }

    @Test func runsShareOneImport() async throws {
        let tool = try counter()
        #expect(try await tool.warm().text == "1\n")
        #expect(try await tool.warm().text == "1\n")
        #expect(tool.servers.running().count == 1)
    }

    @Test func changedModuleEndsTheServer() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        try tool.write("bin/counted.py", countedModule.replacing("\"x\"", with: "\"xx\""))
        #expect(await tool.ask() == nil)
        #expect(try await tool.warm().text == "3\n")
    }

    @Test func newModuleOnThePathEndsTheServer() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        try tool.write("bin/os.py", "")
        #expect(await tool.ask() == nil)
    }

    @Test func changedScriptEndsTheServer() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        try tool.install("print('new')\n")
        #expect(try await tool.warm().text == "new\n")
    }

    @Test func newPackageHasAServerOfItsOwn() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        tool.installed.append("plugin-1.dist-info")
        #expect(await tool.ask() == nil)
        #expect(try await tool.warm().text == "2\n")
    }

    @Test(arguments: [
        ["PYTHONPATH": "/usr/share"], ["TZ": "Asia/Tokyo"], ["LC_ALL": "C"], ["HOME": "/"],
        ["LD_LIBRARY_PATH": "/nowhere"], ["PYTHONHASHSEED": "1"], ["TOP": "/tmp"],
    ])
    func otherVariablesAreNotServed(variables: [String: String]) async throws {
        let tool = try counter()
        _ = try await tool.warm()
        for (name, value) in variables { tool.variables[name] = value }
        // The module reads `TOP` when it is imported.
        #expect(await tool.ask() == nil)
    }

    @Test(arguments: [
        ["PYTHONPATH": "relative"], ["PYTHONPATH": "/usr/share::"], ["PYTHONINSPECT": "1"],
        ["PYTHONVERBOSE": "1"], ["PYTHONWARNINGS": "error"], ["PYTHONSOMETHING": "1"],
    ])
    func variablesThatAServerCannotHeedStartNone(variables: [String: String]) async throws {
        let tool = try counter()
        for (name, value) in variables { tool.variables[name] = value }
        #expect(await tool.ask() == nil)
        tool.servers.startMissing()
        #expect(!FileManager.default.fileExists(atPath: tool.servers.folder.string))
    }

    @Test func importThatPrintsIsLeftToFreshProcesses() async throws {
        let tool = try WarmTool("import loud\n")
        try tool.write("bin/loud.py", "print('loud')\n")
        #expect(await tool.ask() == nil)
        try await tool.start()
        #expect(await tool.ask() == nil)
        #expect(tool.servers.running().map(\.serves) == [false])
    }

    @Test func importThatStartsAThreadIsLeftToFreshProcesses() async throws {
        let tool = try WarmTool("import busy\n")
        try tool.write(
            "bin/busy.py",
            "import threading, time\n"
                + "threading.Thread(target=time.sleep, args=[60], daemon=True).start()\n")
        #expect(await tool.ask() == nil)
        try await tool.start()
        #expect(await tool.ask() == nil)
    }

    @Test func forkThatFailsIsLeftToAFreshProcess() async throws {
        let tool = try WarmTool("print('done')\n")
        // The first fork is the leader's; the second one is the tool's.
        try tool.write(
            "bin/sitecustomize.py",
            """
            import os
            real = os.fork
            def fork():
                if os.path.exists(os.environ["TOP"] + "/refuse"):
                    raise OSError(11, "no more processes")
                if os.path.exists(os.environ["TOP"] + "/refuse-tool") and os.getsid(0) == os.getpid():
                    raise OSError(11, "no more processes")
                return real()
            os.fork = fork

            """)
        tool.variables["PYTHONPATH"] = tool.top.appending("bin").string
        #expect(try await tool.warm().text == "done\n")
        for name in ["refuse", "refuse-tool"] {
            try tool.write(name, "")
            #expect(await tool.ask() == nil)
            try tool.scratch?.shell("rm \(name)")
            #expect(await tool.ask()?.ending == .exited(0))
        }
    }

    @Test func serverHoldsNothingOfWhoStartedIt() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        let process = try #require(tool.servers.running().first?.process)
        let folder = "/proc/\(process)"
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")
        for name in names {
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: "\(folder)/fd/\(name)")
            let isOwn =
                target == "/dev/null" || target.hasPrefix(tool.servers.folder.string)
                || target.hasPrefix("socket:") || target.hasPrefix("pipe:")
            #expect(isOwn, "\(name) is \(target)")
            if target.hasPrefix("pipe:") || target.hasPrefix("socket:") {
                let own = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                    .compactMap {
                        try? FileManager.default.destinationOfSymbolicLink(
                            atPath: "/proc/self/fd/\($0)")
                    }
                #expect(!own.contains(target))
            }
        }
        for name in ["0", "1", "2"] {
            let target = try FileManager.default.destinationOfSymbolicLink(
                atPath: "\(folder)/fd/\(name)")
            #expect(target == "/dev/null")
        }
        let place = try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/cwd")
        #expect(place == "/")
        let status = try String(contentsOfFile: "\(folder)/stat", encoding: .utf8)
        let fields = status.split(separator: ")")[1].split(separator: " ")
        // No terminal, and a session that is not ours.
        #expect(fields[4] == "0")
        #expect(fields[3] != "\(getsid(0))")
    }

    @Test func idleServerEndsAndTakesItsFilesAway() async throws {
        let tool = try counter()
        tool.idle = .seconds(3)
        _ = try await tool.warm()
        let process = try #require(tool.servers.running().first?.process)
        try await until("the server ends") { !isAlive(process) }
        try await until("its files go") { tool.files.isEmpty }
    }

    @Test func stopEndsServersAndSweepsWhatKilledOnesLeft() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        let killed = try #require(tool.servers.running().first?.process)
        kill(killed, SIGKILL)
        try await until("it is gone") { !isAlive(killed) }
        #expect(tool.files.count == 2)
        tool.variables["LANG"] = "C"
        _ = try await tool.warm()
        #expect(tool.servers.stop() == 1)
        #expect(tool.files.isEmpty)
        #expect(tool.servers.running().isEmpty)
    }

    @Test func twoThatStartAtOnceLeaveOne() async throws {
        let tool = try counter()
        for _ in 0..<3 {
            // The first may be there already.
            _ = await tool.ask()
            tool.servers.startMissing()
        }
        _ = try await tool.warm()
        try await Task.sleep(for: .milliseconds(500))
        #expect(tool.servers.running().count == 1)
        #expect(tool.files.count == 2)
    }

    @Test(.enabled(if: geteuid() == 0))
    func socketOfAnotherUserIsRefused() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        let socket = try #require(tool.files.first { $0.hasSuffix(".socket") })
        let process = try #require(tool.servers.running().first?.process)
        kill(process, SIGKILL)
        try await until("it is gone") { !isAlive(process) }
        // The peer of a connection is who began to listen.
        let listener = Process()
        listener.executableURL = URL(filePath: "/usr/bin/python3")
        listener.arguments = [
            "-c",
            """
            import os, socket, sys, time
            os.chdir(sys.argv[1]); os.unlink(sys.argv[2])
            s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[2])
            mark = os.open("listening.new", os.O_CREAT)
            os.setresuid(-1, 65534, 0); s.listen(); os.setresuid(0, 0, 0)
            os.rename("listening.new", "listening")
            c, _ = s.accept(); c.settimeout(2)
            try:
                data = c.recv(1)
            except OSError:
                data = b""
            print("got", len(data), flush=True)
            """, tool.servers.folder.string, socket,
        ]
        let said = Pipe()
        listener.standardOutput = said
        try listener.run()
        try await until("it listens") {
            access(tool.servers.folder.string + "/listening", F_OK) == 0
        }
        #expect(await tool.ask() == nil)
        listener.waitUntilExit()
        let output = try said.fileHandleForReading.readToEnd() ?? Data()
        #expect(String(decoding: output, as: UTF8.self) == "got 0\n")
    }

    @Test func linkInPlaceOfTheSocketIsRefused() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        let socket =
            tool.servers.folder.string + "/" + (tool.files.first { $0.hasSuffix("t") } ?? "")
        try tool.scratch?.shell("mv \(socket) elsewhere && ln -s \(tool.top)/elsewhere \(socket)")
        #expect(await tool.ask() == nil)
    }

    @Test(arguments: ["chmod 755", "chmod 770", "chmod 777"])
    func folderThatOthersReachIsRefused(change: String) async throws {
        let tool = try counter()
        _ = try await tool.warm()
        try tool.scratch?.shell("\(change) \(tool.servers.folder)")
        #expect(await tool.ask() == nil)
        try tool.scratch?.shell("chmod 700 \(tool.servers.folder)")
        #expect(await tool.ask() != nil)
    }

    @Test func removedFolderLetsTheNextServerStart() async throws {
        let tool = try counter()
        tool.idle = .seconds(3)
        _ = try await tool.warm()
        let first = try #require(tool.servers.running().first?.process)
        try tool.scratch?.shell("rm -rf \(tool.servers.folder)")
        _ = try await tool.warm()
        try await until("the one without a name ends") { !isAlive(first) }
    }

    @Test func serverThatDoesNotAnswerIsNotWaitedForLong() async throws {
        let tool = try counter()
        _ = try await tool.warm()
        let process = try #require(tool.servers.running().first?.process)
        kill(process, SIGSTOP)
        #expect(await tool.ask() == nil)
        kill(process, SIGCONT)
        // What was asked in the meantime begins no more.
        #expect(try await tool.warm().text == "1\n")
        kill(process, SIGKILL)
    }
}

extension WarmTool {
    /// The names in the folder of the servers.
    fileprivate var files: [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: servers.folder.string).sorted()) ?? []
    }
}
