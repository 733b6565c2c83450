import Checks
import Configuration
import Files
import Git
import Planning
import Reporting
import Spawn
import SystemPackage
import TestSupport
import Testing
import Tools

@testable import Execution
@testable import Workplaces

/// Jobs that begin before their turn say what they would have said in it.
@Suite(.inTurn) struct SpeculationTests {
    /// The rules of a made-up run: which text each program replaces, and which it does not like.
    private struct Story {
        var fixers: [String: String] = [:]
        var texts: [String] = []

        init(seed: UInt64) {
            var generator = SeededGenerator(seed: seed)
            let letters = ["a", "b", "c", "d"]
            for name in ["isort", "black"] {
                let from = letters.randomElement(using: &generator) ?? ""
                fixers[name] =
                    from + (letters.filter { $0 != from }.randomElement(using: &generator) ?? "")
            }
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                texts.append((letters + ["e"]).randomElement(using: &generator) ?? "")
            }
        }
    }

    private func play(_ story: Story, speculates: Bool) async throws -> Ended {
        let bench = try Bench(isWithPrograms: true)
        bench.slots = 4
        bench.speculates = speculates
        for name in ["isort", "black"] {
            let rule = story.fixers[name] ?? ""
            try bench.program(name) { _, text in
                text == rule.prefix(1) ? .becomes(String(rule.suffix(1))) : .fine
            }
        }
        try bench.program("flake8") { _, text in text == "d" ? .finds("no d") : .fine }
        bench.check("builtin") { _, text in text == "e" ? .finds("no e") : .fine }
        return try await bench.run(
            story.texts.enumerated().map { ("\($0.offset).py", $0.element) })
    }

    @Test func runWithIdleCoresSaysWhatARunWithoutSays() async throws {
        for seed in 0..<24 as Range<UInt64> {
            let story = Story(seed: seed)
            let alone = try await play(story, speculates: false)
            let ahead = try await play(story, speculates: true)
            #expect(alone.texts == ahead.texts, "\(seed) \(story)")
            #expect(alone.statuses == ahead.statuses, "\(seed) \(story)")
            #expect(alone.outputs == ahead.outputs, "\(seed) \(story)")
            #expect(
                alone.outcome.reports.map(\.fixedFiles) == ahead.outcome.reports.map(\.fixedFiles),
                "\(seed) \(story)")
        }
    }

    @Test func checkerBeginsBesideTheFixersWhereCoresAreIdle() async throws {
        let bench = try Bench(isWithPrograms: true)
        bench.slots = 4
        try bench.program("black") { _, _ in .fine }
        try bench.program("flake8") { _, _ in .fine }
        let ended = try await bench.run(["a.py": "a"])
        #expect(ended.statuses == [.passed, .passed])
        // What it said beside the fixer counts: it is not asked twice.
        #expect(bench.calls.all.sorted() == ["black a.py", "flake8 a.py"])
    }

    @Test func whatACheckerSaidOfAFileThatWasFixedDoesNotCount() async throws {
        let bench = try Bench(isWithPrograms: true)
        bench.slots = 4
        try bench.program("black") { _, text in text == "a" ? .becomes("b") : .fine }
        try bench.program("flake8") { _, text in text == "a" ? .finds("a") : .fine }
        #expect(try await bench.run(["a.py": "a"]).statuses == [.fixed, .passed])
    }
}
