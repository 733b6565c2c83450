import Foundation
import TestSupport
import Testing

/// A file of `Tests/Scenarios`.
struct ScenarioFile: CustomTestStringConvertible, Sendable {
    /// `FOLDER/NAME`, where the folder says what the scenario is about.
    var name: String

    var url: URL { Self.folder.appending(path: name + ".txt") }
    var testDescription: String { name }

    static let folder = Tested.project.appending(path: "Tests/Scenarios")

    /// Every scenario by name.
    static var all: [ScenarioFile] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap {
            $0 as? String
        }
        return (paths ?? []).filter { $0.hasSuffix(".txt") }.sorted()
            .map { ScenarioFile(name: String($0.dropLast(4))) }
    }

    /// Those whose name holds the text of `SCENARIO`, as `push/`; all without it.
    static var chosen: [ScenarioFile] {
        let wanted = ProcessInfo.processInfo.environment["SCENARIO"] ?? ""
        return all.filter { wanted.isEmpty || $0.name.contains(wanted) }
    }
}

@Test("scenario", .inTurn, arguments: ScenarioFile.chosen)
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
    #expect(!ScenarioFile.chosen.isEmpty)
}

@Test func everyScenarioIsInAFolder() {
    for file in ScenarioFile.all where file.name.split(separator: "/").count != 2 {
        Issue.record("move Tests/Scenarios/\(file.name).txt into the folder of its concern")
    }
}
