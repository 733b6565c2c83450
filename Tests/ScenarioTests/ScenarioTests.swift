import Foundation
import TestSupport
import Testing

/// A file of `Tests/Scenarios`.
struct ScenarioFile: CustomTestStringConvertible, Sendable {
    var url: URL

    var name: String { url.deletingPathExtension().lastPathComponent }
    var testDescription: String { name }

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

    /// Every scenario by name, or those whose name holds the text of `SCENARIO`.
    static var all: [ScenarioFile] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let wanted = ProcessInfo.processInfo.environment["SCENARIO"] ?? ""
        return names.sorted().filter { $0.hasSuffix(".txt") }
            .map { ScenarioFile(url: folder.appending(path: $0)) }
            .filter { wanted.isEmpty || $0.name.contains(wanted) }
    }
}

@Test("scenario", .inTurn, arguments: ScenarioFile.all)
func scenario(_ file: ScenarioFile) async throws {
    let binary = try Tested.binary()
    let tools = try Tested.tools()
    let text = try String(contentsOf: file.url, encoding: .utf8)
    let scenario = try Scenario(text: text)
    let run = ScenarioRun(
        binary: binary, tools: tools, prelude: ScenarioFile.folder.appending(path: "prelude.sh"))

    let outcome = try await run.play(scenario)
    if ProcessInfo.processInfo.environment["RECORD"] == "1" {
        try Data(outcome.recorded.text.utf8).write(to: file.url)
    } else {
        for complaint in outcome.complaints {
            Issue.record("Tests/Scenarios/\(file.name).txt, \(complaint)")
        }
    }
}

@Test func thereAreScenarios() {
    #expect(!ScenarioFile.all.isEmpty)
}
