import Reporting
import Spawn
import Staging
import SystemPackage
import TestSupport
import Testing
import Tools

@testable import Execution
@testable import Workplaces

/// Fixers in order until nothing changes, then checkers.
struct ExecutionTests {
    @Test func laterFixerIsGivenWhatTheEarlierOneMade() async throws {
        let bench = try Bench()
        bench.check("one", fixes: true) { _, text in
            text.contains("a") ? .becomes(text.replacing("a", with: "b")) : .fine
        }
        bench.check("two", fixes: true) { _, text in
            text.contains("b") ? .becomes(text.replacing("b", with: "c")) : .fine
        }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.texts == ["c"] && ended.statuses == [.fixed, .fixed])
    }

    @Test func checkerSeesOnlyWhatTheFixersLeave() async throws {
        let bench = try Bench()
        let seen = Calls()
        bench.check("check") { _, text in
            seen.note(text)
            return .fine
        }
        bench.check("fix", fixes: true) { _, text in text == "a" ? .becomes("b") : .fine }
        let ended = try await bench.run(["x": "a"])
        #expect(seen.all == ["b"] && ended.statuses == [.passed, .fixed])
    }

    @Test func fixerIsAskedAgainAfterALaterOneChangedItsFile() async throws {
        let bench = try Bench()
        bench.check("one", fixes: true) { _, text in text == "c" ? .becomes("d") : .fine }
        bench.check("two", fixes: true) { _, text in text == "a" ? .becomes("c") : .fine }
        let ended = try await bench.run(["x": "a", "y": "z"])
        #expect(ended.texts == ["d", "z"])
        // The unchanged file is not checked again.
        #expect(bench.calls.all.filter { $0 == "one y" }.count == 1)
        #expect(bench.calls.all.filter { $0 == "one x" }.count == 2)
    }

    @Test func fixersThatUndoEachOtherAreNamedAndNothingIsKept() async throws {
        let bench = try Bench()
        bench.check("up", fixes: true) { _, text in text == "a" ? .becomes("A") : .fine }
        bench.check("down", fixes: true) { _, text in text == "A" ? .becomes("a") : .fine }
        bench.check("else", fixes: true) { _, text in text == "x" ? .becomes("y") : .fine }
        let ended = try await bench.run(["one": "a", "two": "x"])
        #expect(ended.texts == ["a", "y"])
        #expect(ended.statuses == [.failed, .failed, .fixed])
        #expect(ended.outcome.reports[0].reason?.contains("`up` and `down`") == true)
        #expect(ended.outcome.fixes.map(\.file.path.string) == ["two"])
    }

    @Test func fixersThatNeedManyRoundsComeToRest() async throws {
        let bench = try Bench()
        bench.check("even", fixes: true) { _, text in
            text.count % 2 == 0 && text.count < 12 ? .becomes(text + "a") : .fine
        }
        bench.check("odd", fixes: true) { _, text in
            text.count % 2 == 1 && text.count < 12 ? .becomes(text + "b") : .fine
        }
        let ended = try await bench.run(["x": ""])
        #expect(ended.texts == ["abababababab"] && ended.statuses == [.fixed, .fixed])
    }

    @Test func findingOfAFixerDoesNotKeepTheOthersFromFixing() async throws {
        let bench = try Bench()
        bench.check("complain", fixes: true) { _, text in .finds("no") }
        bench.check("fix", fixes: true) { _, text in text == "a" ? .becomes("b") : .fine }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.texts == ["b"] && ended.statuses == [.failed, .fixed])
        #expect(ended.outcome.fixes.count == 1)
    }

    @Test func findingsOfAFixerAreAboutAllItsFilesAtTheEnd() async throws {
        let bench = try Bench()
        bench.check("complain", fixes: true) { path, text in
            path == "x" || text == "a" ? .finds("no \(text)") : .fine
        }
        bench.check("fix", fixes: true) { path, text in
            path == "y" && text == "a" ? .becomes("b") : .fine
        }
        let ended = try await bench.run(["x": "a", "y": "a"])
        #expect(ended.outputs[0] == "x: no a\n")
    }

    // MARK: Failing

    @Test func checkersAllSpeakWhateverTheOthersFind() async throws {
        let bench = try Bench()
        bench.check("one") { path, _ in .finds("first") }
        bench.check("two") { path, _ in .finds("second") }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.outputs == ["x: first\n", "x: second\n"])
    }

    @Test func nothingRunsAfterACheckerThatFailsFast() async throws {
        let bench = try Bench()
        bench.check("one") { _, _ in .fine }
        bench.check("two", failsFast: true) { _, _ in .finds("no") }
        bench.check("three") { _, _ in .fine }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.statuses == [.passed, .failed, .skipped])
        #expect(ended.outcome.reports[2].reason?.contains("`two`") == true)
        #expect(!bench.calls.all.contains("three x"))
    }

    @Test func fixerThatFailsFastKeepsTheCheckersFromRunning() async throws {
        let bench = try Bench()
        bench.check("fix", fixes: true, failsFast: true) { _, _ in .finds("no") }
        bench.check("check") { _, _ in .fine }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.statuses == [.failed, .skipped])
        #expect(!bench.calls.all.contains("check x"))
    }

    @Test func jobThatFailsFastAndPassesStopsNobody() async throws {
        let bench = try Bench()
        bench.check("one", failsFast: true) { _, _ in .fine }
        bench.check("two") { _, _ in .finds("no") }
        #expect(try await bench.run(["x": "a"]).statuses == [.passed, .failed])
    }

    @Test func knownStepsAreNotRun() async throws {
        let bench = try Bench()
        bench.check("one") { _, _ in .finds("no") }
        bench.check("two") { _, _ in .fine }
        bench.known = [0]
        let ended = try await bench.run(["x": "a"])
        #expect(bench.calls.all == ["two x"])
        #expect(ended.statuses == [.known, .passed])
    }

    // MARK: Groups of files

    @Test(arguments: 1...5)
    func groupsOfFilesChangeNothingOfWhatIsSaid(shards: Int) async throws {
        func ended(_ shards: Int) async throws -> Ended {
            let bench = try Bench()
            bench.shards = shards
            bench.slots = 3
            bench.check("fix", fixes: true) { path, text in
                text.hasPrefix("a") ? .becomes("b" + text.dropFirst()) : .fine
            }
            bench.check("again", fixes: true) { path, text in
                text == "b3" ? .becomes("a3") : .fine
            }
            bench.check("check") { path, text in text.hasSuffix("2") ? .finds(text) : .fine }
            return try await bench.run([
                "0": "a0", "1": "b1", "2": "a2", "3": "c3", "4": "b2", "5": "a5", "6": "a2",
            ])
        }
        let (one, other) = (try await ended(1), try await ended(shards))
        #expect(one.texts == other.texts && one.statuses == other.statuses)
        #expect(one.outputs == other.outputs)
        #expect(one.result.changes == other.result.changes)
        #expect(other.outputs[2] == "2: b2\n4: b2\n6: b2\n")
    }

    @Test func reportsAreInTheOrderOfThePlan() async throws {
        let bench = try Bench()
        bench.slots = 4
        for number in 0..<6 {
            bench.check("\(number)", fixes: number % 2 == 1) { _, _ in .finds("\(number)") }
        }
        let ended = try await bench.run(["x": "a"])
        #expect(ended.outputs == (0..<6).map { "x: \($0)\n" })
    }

    @Test func whatIsStartedIsAlsoPaused() async throws {
        let bench = try Bench()
        bench.shards = 2
        bench.check("one", fixes: true) { _, text in text == "a" ? .becomes("b") : .fine }
        bench.check("two") { _, _ in .fine }
        var running: [Int: Int] = [:]
        for event in try await bench.run(["x": "a", "y": "b"]).events {
            switch event {
            case .started(let job): running[job, default: 0] += 1
            case .paused(let job): running[job, default: 0] -= 1
            default: break
            }
        }
        #expect(Set(running.keys) == [0, 1] && running.values.allSatisfy { $0 == 0 })
    }
}
