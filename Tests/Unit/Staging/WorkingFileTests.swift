import Files
import Foundation
import Git
import SystemPackage
import TestSupport
import Testing

@testable import Staging

/// A repository without a commit, for the part of publishing that knows only files.
final class Bench {
    let scratch: Scratch
    let repository: Repository
    let top: Folder

    init() throws {
        scratch = try Scratch()
        try scratch.shell("git init -q work")
        repository = try Repository(at: FilePath(scratch.url.path).appending("work"))
        top = try Folder(opening: repository.worktree)
    }

    func write(_ name: String, _ text: String) throws {
        try scratch.write("work/\(name)", Array(text.utf8))
    }

    func text(_ name: String) -> String? {
        scratch.read("work/\(name)").map { String(decoding: $0, as: UTF8.self) }
    }

    /// `a.txt` on its way from one text to another.
    func file(
        _ before: String, _ after: String, name: FilePath = "a.txt", merges: Bool = true
    ) throws -> WorkingFile {
        WorkingFile(
            path: name, before: Array(before.utf8), after: Array(after.utf8),
            atStart: try? workingStatus(name, in: top), merges: merges)
    }

    func bringIn(_ files: [WorkingFile]) throws -> [WorkingOutcome] {
        try UndoLog(repository).bringIn(files, top: top)
    }
}

/// Generated versions, and any edit of the staged one as the fix.
@Test(arguments: Tested.isLong ? 1...40 : 1...4)
func fixesAreMergedIntoWorkingFilesAsGitMergesThem(seed: Int) throws {
    let bench = try Bench()
    var generator = TripleGenerator(seed: UInt64(seed))
    var cases: [(triple: Triple, fix: [UInt8])] = []
    while cases.count < 150 {
        let triple = generator.triple()
        let fix = generator.fix(of: triple.staged)
        if fix != triple.staged { cases.append((triple, fix)) }
    }
    for (number, (triple, _)) in cases.enumerated() {
        if let working = triple.working { try bench.scratch.write("work/\(number)", working) }
    }
    let merges = try MergeOracle.answers(
        to: cases.map { triple, fix in
            .init(base: triple.staged, ours: triple.working ?? [], theirs: fix)
        })
    let files = try cases.enumerated().map { number, each in
        WorkingFile(
            path: FilePath("\(number)"), before: each.triple.staged, after: each.fix,
            atStart: try bench.top.status(FilePath("\(number)")), merges: true)
    }
    let outcomes = try bench.bringIn(files)

    for (number, ((triple, fix), merged)) in zip(cases, merges).enumerated() {
        let now = bench.scratch.read("work/\(number)")
        let expected = triple.working.map { merged ?? $0 }
        func told() -> String {
            triple.described([("fix", fix), ("expected", expected), ("but is", now)])
        }
        #expect(now == expected, "case \(number)\n\(told())")
        #expect(
            isRight(outcomes[number], triple, fix, merged),
            "case \(number): \(outcomes[number])\n\(told())")
        #expect(keepsUnstagedLines(triple, fix, now), "case \(number) lost a line\n\(told())")
    }

    // What the generator is there for: a good number of each.
    #expect(outcomes.count { $0 == .merged } > 5)
    #expect(outcomes.count { $0 == .overlapping } > 5)
    #expect(outcomes.count { if case .replaced = $0 { true } else { false } } > 5)
    #expect(outcomes.contains(.absent))

    let undone = try UndoLog(bench.repository).undoLast()
    #expect(undone.allSatisfy { $0.outcome == .restored })
    for (number, (triple, fix)) in cases.enumerated() {
        let now = bench.scratch.read("work/\(number)")
        #expect(
            now == triple.working,
            "case \(number) after undo\n\(triple.described([("fix", fix), ("but is", now)]))")
    }
}

private func isRight(
    _ outcome: WorkingOutcome, _ triple: Triple, _ fix: [UInt8], _ merged: [UInt8]?
) -> Bool {
    guard let working = triple.working else { return outcome == .absent }
    switch outcome {
    case .absent, .changedMeanwhile, .unwritable: return false
    case .asItWas: return working == fix || working == merged
    case .replaced: return working == triple.staged
    case .overlapping: return merged == nil
    case .merged: return merged != nil && working != triple.staged
    }
}

/// Whether each line that only the working file had is still there, in order.
func keepsUnstagedLines(_ triple: Triple, _ fix: [UInt8], _ now: [UInt8]?) -> Bool {
    guard let working = triple.working else { return now == nil }
    guard let now = now.map({ Lines($0) }) else { return false }
    let added = Lines(working).added(to: Lines(triple.staged))
    let known = Set(Lines(triple.staged).all + Lines(fix).all)
    return now.holdsInOrder(added)
        && now.all.filter { !known.contains($0) }
            == Lines(working).all.filter { !known.contains($0) }
}

// MARK: Somebody else

/// What an editor, or the user, does between the look at a file and the swap.
enum Interference: CaseIterable {
    case writesInPlace
    case savesByRename
    case saysTheSameByRename
    case removes
    case putsLink
    case putsFolder

    func act(on bench: Bench) throws {
        let commands =
            switch self {
            case .writesInPlace: "printf saved >a.txt"
            case .savesByRename: "printf saved >b; mv b a.txt"
            case .saysTheSameByRename: "cp a.txt b; mv b a.txt"
            case .removes: "rm a.txt"
            case .putsLink: "printf other >other; rm a.txt; ln -s other a.txt"
            case .putsFolder: "rm a.txt; mkdir a.txt; printf inner >a.txt/inner"
            }
        try bench.scratch.shell(commands, in: "work")
    }
}

@Test(arguments: Interference.allCases)
func whatIsSavedBetweenTheLookAndTheSwapStays(_ interference: Interference) throws {
    let bench = try Bench()
    try bench.write("a.txt", "old\n")
    let file = try bench.file("old\n", "new\n")
    guard case .swap(let swap) = try file.decide(top: bench.top) else {
        throw Unexpected("an untouched file is not to be replaced")
    }
    try interference.act(on: bench)
    let before = try bench.scratch.shell("find . -path ./.git -prune -o -ls", in: "work")
    let outcome = try file.carryOut(
        swap, top: bench.top, store: try Folder(opening: FilePath(bench.scratch.url.path)),
        backup: "backup")
    if interference == .saysTheSameByRename {
        #expect(bench.text("a.txt") == "new\n")
        return
    }
    #expect(outcome == .changedMeanwhile)
    let after = try bench.scratch.shell("find . -path ./.git -prune -o -ls", in: "work")
    #expect(before == after)
    switch interference {
    case .writesInPlace, .savesByRename: #expect(bench.text("a.txt") == "saved")
    case .putsLink: #expect(bench.text("other") == "other")
    case .putsFolder: #expect(bench.text("a.txt/inner") == "inner")
    case .saysTheSameByRename, .removes: break
    }
}

@Test func fileThatDiffersAndWasWrittenDuringTheRunIsLeftAlone() throws {
    let bench = try Bench()
    try bench.write("a.txt", "top\nold\n")
    let file = try bench.file("old\n", "old\nnew\n")
    try bench.write("a.txt", "above\nold\n")
    #expect(try bench.bringIn([file]) == [.changedMeanwhile])
    #expect(bench.text("a.txt") == "above\nold\n")
}

@Test func differingFileIsLeftAloneWhereNothingIsStaged() throws {
    let bench = try Bench()
    try bench.write("a.txt", "mine\nkept\nkept\nold\n")
    let file = try bench.file("kept\nkept\nold\n", "kept\nkept\nnew\n", merges: false)
    #expect(try bench.bringIn([file]) == [.changedMeanwhile])
    #expect(bench.text("a.txt") == "mine\nkept\nkept\nold\n")
}

@Test func linksInPlaceOfFilesAndFoldersAreNotFollowed() throws {
    let bench = try Bench()
    try bench.write("elsewhere/b.txt", "old\n")
    try bench.scratch.shell("ln -s elsewhere/b.txt a.txt; ln -s elsewhere folder", in: "work")
    let files = [
        try bench.file("old\n", "new\n"), try bench.file("old\n", "new\n", name: "folder/b.txt"),
    ]
    #expect(try bench.bringIn(files) == [.absent, .absent])
    #expect(bench.text("elsewhere/b.txt") == "old\n")
}

@Test func permissionsStayAsTheyWere() throws {
    let bench = try Bench()
    try bench.write("a.txt", "old\n")
    try bench.scratch.shell("chmod 4751 a.txt", in: "work")
    _ = try bench.bringIn([try bench.file("old\n", "new\n")])
    #expect(bench.text("a.txt") == "new\n")
    #expect(try bench.top.status("a.txt")?.permissions == 0o4751)
}

@Test(arguments: [false, true])
func fileIsReplacedAcrossFileSystemsUnlessItChanged(changes: Bool) throws {
    let bench = try Bench()
    try bench.write("a.txt", "old\n")
    let far = try bench.scratch.shell("mktemp -d /dev/shm/hooks.XXXXXX").dropLast()
    defer { try? FileManager.default.removeItem(atPath: String(far)) }
    let file = try bench.file("old\n", "new\n")
    guard case .swap(let swap) = try file.decide(top: bench.top) else {
        throw Unexpected("an untouched file is not to be replaced")
    }
    if changes { try bench.write("a.txt", "saved\n") }
    let store = try Folder(opening: FilePath(String(far)))
    let outcome = try file.carryOut(swap, top: bench.top, store: store, backup: "0")
    #expect((outcome == .changedMeanwhile) == changes)
    #expect(bench.text("a.txt") == (changes ? "saved\n" : "new\n"))
    #expect(try store.read("0").content == Array("old\n".utf8))
    #expect(try bench.top.names() == [".git", "a.txt"])
}
