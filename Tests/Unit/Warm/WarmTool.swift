import Files
import Foundation
import Spawn
import SystemPackage
import TestSupport
import Tools
import Warm

/// A Python tool that can be run by a fresh process and by a server, in the same place and with the
/// same variables.
final class WarmTool {
    /// What a run came to.
    struct Outcome: Equatable, CustomStringConvertible {
        var ending: Completion.Ending
        var output: [UInt8]

        var text: String { String(decoding: output, as: UTF8.self) }
        var description: String { "\(ending)\n\(text)" }
    }

    let scratch = try? Scratch()
    let top: FilePath
    let servers: ToolServers
    /// The console script.
    var script: FilePath
    var variables: [String: String]
    var idle = Duration.seconds(60)
    var timeout: Duration?
    var protected: [FilePath] = []
    /// What stands for the packages that are installed beside the script.
    var installed = ["tool-1.dist-info"]

    /// Installs a script of the user's own making; nil for one that is there.
    init(_ program: String = "", at script: FilePath? = nil) throws {
        guard let scratch else { throw Unexpected("no folder") }
        top = FilePath(scratch.url.path)
        servers = ToolServers(caches: top.appending("caches"), runtime: nil)
        variables = [
            "PATH": "/usr/bin:/bin", "HOME": top.string, "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "TOP": top.string,
        ]
        self.script = script ?? top.appending("bin/tool")
        try scratch.shell("mkdir -p work bin")
        if script == nil { try install(program) }
    }

    deinit { _ = servers.stop() }

    /// Makes the script say this.
    func install(_ program: String) throws {
        try scratch?.write("bin/tool", Array("#!/usr/bin/python3\n\(program)".utf8))
        try scratch?.shell("chmod +x bin/tool")
    }

    func write(_ path: String, _ text: String) throws {
        try scratch?.write(path, Array(text.utf8))
    }

    func text(_ path: String) -> String? {
        scratch?.read(path).map { String(decoding: $0, as: UTF8.self) }
    }

    private func invocation(_ arguments: [String]) -> Invocation {
        Invocation(
            program: script, arguments: arguments.map { Array($0.utf8) },
            folder: top.appending("work"),
            environment: ProcessEnvironment(rows: variables.map { Array("\($0)=\($1)".utf8) }),
            timeout: timeout, protected: protected)
    }

    /// Runs it as a process of its own.
    func fresh(_ arguments: [String] = []) throws -> Outcome {
        let process = Process()
        // Whatever signals the tests ignore.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["--default-signal", script.string] + arguments
        process.currentDirectoryURL = URL(filePath: top.appending("work").string)
        process.environment = variables
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = [UInt8](try pipe.fileHandleForReading.readToEnd() ?? Data())
        process.waitUntilExit()
        let status = process.terminationStatus
        return Outcome(
            ending: process.terminationReason == .exit ? .exited(status) : .signalled(status),
            output: output)
    }

    /// Asks the servers; nil when they leave it to a fresh process.
    func ask(_ arguments: [String] = []) async -> Completion? {
        let installed = installed
        return await servers.run(invocation(arguments), idle: idle) { _ in installed }
    }

    /// Asks the servers beside what the test does meanwhile.
    func begin() -> Task<Completion?, Never> {
        let (servers, invocation, idle) = (servers, invocation([]), idle)
        let installed = installed
        return Task { await servers.run(invocation, idle: idle) { _ in installed } }
    }

    /// Runs it through a server, and starts that when there is none yet.
    func warm(_ arguments: [String] = []) async throws -> Outcome {
        for _ in 0..<3 {
            if let done = await ask(arguments) {
                return Outcome(ending: done.ending, output: done.output)
            }
            try await start()
        }
        throw Unexpected("no server runs \(script)")
    }

    /// Starts what was missing, and waits until it listens.
    func start() async throws {
        let before = Set(servers.running().map(\.process))
        servers.startMissing()
        try await until("a server listens") { [servers] in
            !Set(servers.running().map(\.process)).subtracting(before).isEmpty
        }
    }
}

/// Waits for something that must come.
func until(_ what: String, _ holds: () -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(20)
    while !holds() {
        if ContinuousClock.now > end { throw Unexpected("it never came that \(what)") }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Whether a process runs, and is not only waiting to be collected.
func isAlive(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
        return false
    }
    return !status.contains(") Z ")
}
