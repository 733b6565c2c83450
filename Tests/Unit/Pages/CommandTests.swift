import Foundation
import TestSupport
import Testing

/// What is declared as a command can be called.
@Suite struct CommandTests {
    @Test func eachCommandIsListed() throws {
        let folder = Tested.project.appending(path: "Sources/hooks")
        let texts = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") }.map {
                try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
            }
        let listed = texts.flatMap { text in
            text.matches(of: /subcommands: \[([^\]]*)\]/).flatMap {
                $0.1.matches(of: /(\w+)\.self/).map { $0.1 }
            }
        }
        let commands = texts.flatMap { text in
            text.matches(of: /struct (\w+): ParsableCommand/).map { $0.1 }
        }
        #expect(commands.count > 10)
        for command in commands where command != "Hooks" {
            #expect(
                listed.contains(command),
                "`subcommands` in Sources/hooks/Hooks.swift lacks the line `\(command).self,`")
        }
    }
}
