import Foundation
import TestSupport
import Testing

@testable import Configuration

/// What is declared is also documented and tried.
@Suite struct DeclarationTests {
    /// The scenarios and the unit tests, with the line breaks that `printf` makes of `\n`.
    private static let tests: [String] = ["Tests/Scenarios", "Tests/Unit"].flatMap { folder in
        let top = Tested.project.appending(path: folder)
        let names = FileManager.default.enumerator(atPath: top.path)?.compactMap { $0 as? String }
        return (names ?? []).filter { $0.hasSuffix(".txt") || $0.hasSuffix(".swift") }.compactMap {
            try? String(contentsOf: top.appending(path: $0), encoding: .utf8)
        }
    }.map { $0.replacing("\\n", with: "\n") }

    /// The texts below the head of a table of TOML, each up to the next head: `protect]\nstrict = true`.
    private static let tables: [Substring] = tests.flatMap { $0.split(separator: /\[+(?=[a-z])/) }

    private static func isSet(_ key: String, in title: String) -> Bool {
        // `[jobs.NAME]` stands for every job, and a pin is also a line of `[tools]`.
        let head = title.dropFirst().prefix { $0 != "]" && $0 != "." }
        return tables.contains { table in
            table.hasPrefix(head)
                && table.matches(of: /([A-Za-z_\-]+)["']? *=/).contains { $0.1 == key }
        }
    }

    @Test(arguments: Configuration.keys.map(\.title).filter { $0.hasPrefix("[") })
    func eachKeyIsSetInATest(title: String) throws {
        let table = try #require(Configuration.keys.first { $0.title == title })
        let keys = table.markdown.matches(of: /(?m)^\| `([^`]+)`/).map { String($0.1) }
        #expect(!keys.isEmpty)
        for key in keys where !Self.isSet(key, in: title) {
            Issue.record("no scenario and no unit test sets `\(key)` in \(title)")
        }
    }

    @Test func eachTableOfTheFileIsDocumented() {
        let titles = Set(Configuration.keys.map(\.title))
        for key in Configuration.table.keys where key.takes() == "table" {
            #expect(titles.contains("[\(key.name)]"), "`Configuration.keys` lacks [\(key.name)]")
        }
    }

    // MARK: Git hooks

    @Test func eachGitHookIsOneOfGit() {
        let names = GitHook.all.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(GitHook.namesOfGit).count == GitHook.namesOfGit.count)
        for name in names { #expect(GitHook.namesOfGit.contains(name), "\(name)") }
    }

    @Test(arguments: GitHook.all.map(\.name))
    func eachGitHookHasAScenario(name: String) throws {
        let top = Tested.project.appending(path: "Tests/Scenarios")
        let files = try #require(FileManager.default.enumerator(atPath: top.path))
        let isTried = files.compactMap { $0 as? String }.contains { file in
            let text = try? String(contentsOf: top.appending(path: file), encoding: .utf8)
            return file.hasSuffix(".txt") && text?.contains(name) == true
        }
        #expect(isTried, "no file of Tests/Scenarios mentions \(name)")
    }
}
