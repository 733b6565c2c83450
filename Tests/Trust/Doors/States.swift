import Files
import Foundation
import Git
import GitIndex
import Remembering
import SystemPackage
import TestSupport

@testable import Staging

extension Door {
    static let indexRequest = Door(
        "requests to the process that writes the index",
        seeds: [
            "i\0s\0m\0a.txt\u{0}33188\0" + oid + "\0" + oid + "\0-\0end\0",
            "i\0s\0m\0a\u{0}33261\0" + oid + "\0" + oid + "\u{0}1 2 3 4 5 6 7 8 9\0end\0",
        ],
        words: ["\0", "end\0", "-", "33188", oid, "99999999999999999999", "-1 "],
        sources: ["Sources/Staging/IndexRequest.swift", "Sources/Staging/IndexPlacement.swift"]
    ) { bytes in
        _ = IndexRequest(bytes)
        _ = IndexPlacement(bytes)
        return nil
    }

    private static let oid = String(repeating: "a1", count: 20)

    /// What a guard says last; the words stand on a pipe that other processes may have written to.
    static let guardReport = Door(
        "reports of guards", seeds: ["E 0\n", "S 11\nL sleep\n", "X 2\n", "T\n"],
        words: ["E ", "S ", "X ", "L ", "99999999999", "-1", "\n"],
        sources: ["Sources/Spawn/GuardReport.swift"]
    ) { bytes in
        _ = completion(reported: bytes)
        return nil
    }

    /// What has passed, as a file that anything may have happened to.
    static let results = Door(
        "the store of results", seeds: [String(repeating: "\u{1}", count: 48)], words: ["\0\0\0\0"],
        sources: ["Sources/Remembering/Store.swift"]
    ) { bytes in
        place.run { repository, folder in
            let file = folder + "/.git/hooks-state/results"
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let fact = ObjectID(bytes: Array(repeating: 7, count: 20))
            let store = Store(repository)
            if store.known(among: [fact]).contains(fact) { return "it knows what nobody added" }
            store.add([fact])
            return Store(repository).known(among: [fact]) == [fact] ? nil : "it forgot a fact"
        }
    }

    /// The list of the last fix's files.
    static let undoList = Door(
        "the list of what can be undone", seeds: [oid + "\0a.txt\0" + oid + "\0b/c.txt\0"],
        words: ["\0", oid, "../", "/", ".git/config"],
        sources: ["Sources/Staging/UndoLog.swift"]
    ) { bytes in
        place.run { repository, folder in
            let run = folder + "/.git/hooks-state/undo/1"
            try FileManager.default.createDirectory(
                atPath: run, withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(fileURLWithPath: run + "/list"))
            try Data("old".utf8).write(to: URL(fileURLWithPath: run + "/0"))
            _ = try? UndoLog(repository).undoLast()
            let kept = try String(contentsOfFile: folder + "/kept", encoding: .utf8)
            return kept == "kept" ? nil : "it wrote over a file that nobody fixed"
        }
    }

    /// What ran.
    static let notes = Door(
        "notes of earlier runs",
        seeds: [
            "1700000000\tr1\tship\ta1b2\tbuild\tj\tf\tpassed\t12\tall\to\n"
        ],
        words: ["\t", "\n", "nan", "-inf", "1e308", "99999999999999999999", "passed", "\u{1B}["],
        sources: ["Sources/Remembering/RunLog.swift"]
    ) { bytes in
        place.run { repository, folder in
            let file = folder + "/.git/hooks-state/runs"
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let record = RunRecord(
                time: 1, run: "r", by: "b", tree: "t", phase: "p", job: "j", fact: "f",
                status: "passed", milliseconds: 1)
            let log = RunLog(repository)
            log.add([record])
            return log.records().last == record ? nil : "it forgot a run"
        }
    }

    private static let place = Place()
}

/// One repository for all that is tried; libgit2's handles belong to one thread at a time.
private final class Place: @unchecked Sendable {
    private let lock = NSLock()
    private var opened: (scratch: Scratch, repository: Repository)?

    func run(_ body: (Repository, String) throws -> String?) -> String? {
        lock.lock()
        defer { lock.unlock() }
        do {
            let (scratch, repository) = try opened ?? open()
            return try body(repository, scratch.url.path + "/work")
        } catch {
            return "\(error)"
        }
    }

    private func open() throws -> (scratch: Scratch, repository: Repository) {
        let scratch = try Scratch()
        try scratch.shell("git init -q work && mkdir work/.git/hooks-state")
        try scratch.write("work/kept", Array("kept".utf8))
        let repository = try Repository(at: FilePath(scratch.url.path).appending("work"))
        opened = (scratch, repository)
        return (scratch, repository)
    }
}
