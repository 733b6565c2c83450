import Configuration
import Foundation
import TestSupport
import Testing
import Tools

/// What a tool declares belongs together, and is tried.
@Suite struct DeclarationTests {
    private static let scripts = Tested.project.appending(path: "Sources/Tools/Scripts")

    private func texts(in folder: String, ending: String) throws -> [String] {
        let top = Tested.project.appending(path: folder)
        let files = try #require(FileManager.default.enumerator(atPath: top.path))
        return try files.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.map {
            try String(contentsOf: top.appending(path: $0), encoding: .utf8)
        }
    }

    /// Examples are the tests of a tool; without any there is a scenario. The package of actionlint
    /// downloads the program from elsewhere when it is installed, so nothing runs it.
    @Test func eachToolIsTried() throws {
        let scenarios = try texts(in: "Tests/Scenarios", ending: ".txt")
        for tool in Catalogue.all where tool.examples.isEmpty && tool.name != "actionlint" {
            #expect(
                scenarios.contains { $0.contains(tool.name) },
                "\(tool.name) has no examples, and no scenario runs it")
        }
    }

    @Test func eachScriptBelongsToATool() throws {
        let sources = try texts(in: "Sources/Tools", ending: ".swift")
        for script in try FileManager.default.contentsOfDirectory(atPath: Self.scripts.path) {
            let name = script.replacing(/[^A-Za-z0-9]/, with: "_")
            #expect(
                sources.contains { $0.contains("PackageResources.\(name)") },
                "no tool runs Sources/Tools/Scripts/\(script)")
        }
    }

    @Test(arguments: Catalogue.all.filter(\.isWholeTree).map(\.name))
    func jobForPhasesDependsOnTheTree(name: String) throws {
        let tool = try #require(Catalogue.tool(named: name))
        #expect(tool.reads == .tree)
        #expect(tool.types.isEmpty && tool.files.isEmpty && !tool.fixes)
    }

    @Test func scriptsSayWhatTheyFoundByTheirExitStatus() {
        for tool in Catalogue.all {
            switch tool.form {
            case .python, .node:
                // 6 is for those that could not read every file.
                var exits = tool.exits
                if exits[6] == .unread { exits[6] = nil }
                #expect(exits == [0: .fine, 5: .nothing, 10: .findings], "\(tool.name)")
            case .program, .within, .ourselves: continue
            }
        }
    }
}
