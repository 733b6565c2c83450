import Configuration
import Foundation
import Git
import Notation
import Planning
import Remembering
import Spawn
import SystemPackage
import TestSupport
import Testing

@testable import Pipeline

struct SecretValueTests {
    private func values(_ rows: [String], _ names: [String]? = nil) throws -> [String] {
        var settings = LogSettings()
        if let names { settings.secret = try names.map { try Glob($0) } }
        return secretValues(in: ProcessEnvironment(rows: rows.map { Array($0.utf8) }), settings)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func namesTellWhatIsSecret() throws {
        #expect(
            try values(["API_TOKEN=sesame", "NAME=plain", "MY_KEY=open"]) == ["sesame", "open"])
        #expect(try values(["API_TOKEN=sesame", "NAME=plain"], ["NAME"]) == ["plain"])
    }

    @Test func placeOfAFileIsNoSecret() throws {
        #expect(try values(["KEY_TOKEN=/usr", "A_TOKEN=/nothing/here"]) == ["/nothing/here"])
    }
}

struct StatisticsTests {
    private func run(_ milliseconds: Int, _ status: String = "passed", job: String = "")
        -> RunRecord
    {
        RunRecord(
            time: 0, run: "r", by: "ship", tree: "t", phase: job.isEmpty ? "" : "test", job: job,
            fact: "", status: status, milliseconds: milliseconds)
    }

    @Test func quantilesAreOfTheRunsThatPassed() throws {
        let records = (1...20).map { run($0 * 100) } + [run(99_000, "failed")]
        let statistics = Statistics(records, budget: .seconds(30))
        let ship = try #require(statistics.ship)
        #expect(ship.count == 20 && ship.median == 1000)
        #expect(ship.most == 1900 && ship.budget == 30_000)
        #expect(statistics.passed?.percent == 95)
        #expect(statistics.tests == nil)
    }

    @Test func knownTestsTookNoTime() {
        let records = [run(0, "known", job: "tests"), run(3000, job: "tests")]
        #expect(Statistics(records, budget: .zero).tests?.median == 3000)
    }
}

struct RunLogTests {
    private let scratch: Scratch
    private let log: RunLog

    init() throws {
        scratch = try Scratch()
        try scratch.shell("git init -q work")
        log = RunLog(try Repository(at: FilePath(scratch.url.path + "/work")))
    }

    private func record(_ job: String, detail: String = "") -> RunRecord {
        RunRecord(
            time: 1, run: "r", by: "run", tree: "t", phase: "p", job: job, fact: "f",
            status: "passed", milliseconds: 2, detail: detail, output: "o")
    }

    @Test func whatIsAddedIsThere() {
        log.add([record("a"), record("b")])
        log.add([record("c")])
        #expect(log.records() == [record("a"), record("b"), record("c")])
    }

    @Test func lineThatWasHalfWrittenCostsItselfAlone() throws {
        log.add([record("a")])
        try scratch.shell("printf '1\\thalf' >>work/.git/hooks-state/runs")
        log.add([record("b")])
        #expect(log.records().map(\.job) == ["a", "b"])
    }

    @Test func tabsAndLinesInAFieldDoNotBreakTheRecord() {
        log.add([record("a", detail: "one\ttwo\nthree\r\nfour")])
        #expect(log.records().map(\.detail) == ["one two three four"])
    }

    @Test func logIsBoundedAndKeepsTheNewest() {
        for number in 0..<60 {
            log.add(
                (0..<200).map {
                    record("\(number)-\($0)", detail: String(repeating: "x", count: 60))
                })
        }
        let records = log.records()
        #expect(records.last?.job == "59-199")
        #expect(records.count < 8000 && records.count > 2000)
    }

    @Test func outputsAreBoundedByTheirNumber() throws {
        for number in 100..<350 { _ = log.keep([1], as: "\(number)-a") }
        #expect(log.output("100-a") == nil)
        #expect(log.output("349-a") == [1])
        #expect(log.output("../runs") == nil)
        #expect(try scratch.shell("ls work/.git/hooks-state/output | wc -l") == "200\n")
    }
}
