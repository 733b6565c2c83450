import Foundation
import TestSupport
import Testing
import Tools

/// Every tool that can be had, on its examples, by the program itself.
@Suite(.inTurn) struct ToolTests {
    static let exercised = Catalogue.all.filter { !$0.examples.isEmpty }

    @Test(arguments: exercised.map(\.name))
    func toolDoesWhatItsExamplesSay(name: String) throws {
        let tool = try #require(Catalogue.tool(named: name))
        let scratch = try Scratch()
        for example in tool.examples {
            try scratch.write("work/" + example.path, Array(example.text.utf8))
        }
        try scratch.write("work/hooks.toml", [])
        try scratch.shell("git init -q -b topic . && git add -A", in: "work")
        let path = [
            try Tested.tools().path, "/usr/bin", "/bin",
            ProcessInfo.processInfo.environment["PATH"] ?? "",
        ].joined(separator: ":")
        let ended = try scratch.run(
            [try Tested.binary().path, "run", name, "--all", "--json"], in: "work",
            environment: ["PATH": path])
        let report = try Self.report(in: ended.text)
        let isFound = tool.examples.contains { if case .finds = $0.outcome { true } else { false } }
        let isFixed = tool.examples.contains {
            if case .becomes = $0.outcome { true } else { false }
        }
        #expect(report.status == (isFound ? "failed" : isFixed ? "fixed" : "passed"), "\(report)")
        for example in tool.examples {
            let after = scratch.read("work/" + example.path).map {
                String(decoding: $0, as: UTF8.self)
            }
            switch example.outcome {
            case .passes:
                #expect(after == example.text && !report.output.contains(example.path), "\(report)")
            case .finds(let words):
                #expect(after == example.text && report.output.contains(words), "\(report)")
            case .becomes(let text):
                #expect(after == text && report.fixed.contains(example.path), "\(report)")
            }
        }
    }

    @Test(arguments: exercised.map(\.name))
    func toolSaysItsVersion(name: String) throws {
        let tool = try #require(Catalogue.tool(named: name))
        let path = [
            try Tested.tools().path, "/usr/bin", "/bin",
            ProcessInfo.processInfo.environment["PATH"] ?? "",
        ].joined(separator: ":")
        let text = try Scratch().shell(
            "'\(tool.program)' \(tool.version.joined(separator: " ")) || :",
            environment: ["PATH": path])
        #expect(!text.isEmpty)
        #expect(!tool.version.contains("--version") || text.contains(/[0-9]+\.[0-9]+/), "\(text)")
    }

    private struct Report {
        var status = ""
        var output = ""
        var fixed: [String] = []
    }

    private static func report(in text: String) throws -> Report {
        for line in text.split(separator: "\n") {
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let event, event["event"] as? String == "finished" else { continue }
            let reason = event["reason"] as? String ?? ""
            return Report(
                status: event["status"] as? String ?? "",
                output: (event["output"] as? String ?? "") + reason,
                fixed: event["fixed_files"] as? [String] ?? [])
        }
        throw Unexpected("no job ran: \(text)")
    }
}
