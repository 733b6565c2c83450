import Files
import Foundation
import SystemPackage
import TestSupport
import Testing

/// A folder with a link out of it, and something outside that nobody may touch.
final class Place {
    let scratch: Scratch
    let folder: Folder

    init() throws {
        scratch = try Scratch()
        try scratch.write("outside/secret", Array("secret".utf8))
        try scratch.shell(
            "mkdir in; ln -s ../outside in/way; ln -s ../outside/secret in/door; ln -s gone in/dead"
        )
        folder = try Folder(opening: FilePath(scratch.url.path).appending("in"))
    }

    func text(_ path: String) -> String? {
        scratch.read(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether what is outside is as it was.
    var isOutsideIntact: Bool {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: scratch.url.path + "/outside")
        return text("outside/secret") == "secret" && names == ["secret"]
    }
}

@Test func folderBehindALinkIsNotOpened() throws {
    let place = try Place()
    for path: FilePath in ["way", "way/deeper", "door", "dead"] {
        #expect(throws: FileError.self) { _ = try place.folder.folder(path) }
        #expect(throws: FileError.self) { _ = try place.folder.folder(path, create: true) }
    }
    #expect(place.isOutsideIntact)
    #expect(place.text("in/gone") == nil)
}

@Test func folderAboveIsReachedOnlyByItsName() throws {
    let place = try Place()
    _ = try place.folder.folder("a/b/c", create: true, mode: 0o700)
    #expect(try place.folder.folder("a/b").status("c")?.kind == .folder)
    #expect(try place.folder.folder("a/b").status("c")?.permissions == 0o700)
    #expect(try place.folder.status("none") == nil)
}

@Test func linkIsNeitherReadNorWritten() throws {
    let place = try Place()
    for name: FilePath in ["door", "dead"] {
        let reading = #expect(throws: FileError.self) { _ = try place.folder.read(name) }
        #expect(reading?.code == .tooManySymbolicLinkLevels)
        let making = #expect(throws: FileError.self) {
            try place.folder.create(name, content: [1], permissions: 0o600)
        }
        #expect(making?.code == .fileExists)
        #expect(try place.folder.status(name)?.kind == .symbolicLink)
    }
    #expect(place.isOutsideIntact)
    #expect(place.text("in/gone") == nil)
}

@Test func onlyRegularFilesAreRead() throws {
    let place = try Place()
    try place.scratch.shell("mkfifo in/pipe; mkdir in/folder")
    #expect(throws: FileError.self) { _ = try place.folder.read("pipe") }
    let error = #expect(throws: FileError.self) { _ = try place.folder.read("folder") }
    #expect(error?.code == .isDirectory)
}

@Test func whatIsReadIsWhatWasWritten() throws {
    let place = try Place()
    for size in [0, 1, 511, 512, 4096, 3_000_000] {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try place.folder.remove("file")
        let made = try place.folder.create("file", content: content, permissions: 0o751)
        let (found, status) = try place.folder.read("file")
        #expect(found == content)
        #expect(status.isUntouched(since: made))
        #expect(status.permissions == 0o751)
    }
}

@Test func existingFileIsNotMadeAgain() throws {
    let place = try Place()
    try place.folder.create("file", content: [1], permissions: 0o600)
    #expect(throws: FileError.self) {
        try place.folder.create("file", content: [2], permissions: 0o600)
    }
    #expect(try place.folder.read("file").content == [1])
}

@Test func replacingALinkLeavesItsTargetAlone() throws {
    let place = try Place()
    try place.folder.replace("door", content: Array("new".utf8), permissions: 0o640)
    #expect(place.text("in/door") == "new")
    #expect(try place.folder.status("door")?.kind == .regular)
    #expect(try place.folder.status("door")?.permissions == 0o640)
    #expect(place.isOutsideIntact)
    #expect(try place.folder.names() == ["dead", "door", "way"])
}

@Test func exchangeSwapsNamesAndNotContent() throws {
    let place = try Place()
    try place.folder.makeFolder("other")
    let other = try place.folder.folder("other")
    let first = try place.folder.create("a", content: [1], permissions: 0o600)
    let second = try other.create("b", content: [2], permissions: 0o644)
    try place.folder.exchange("a", with: other, "b")
    #expect(try place.folder.status("a")?.inode == second.inode)
    #expect(try other.status("b")?.inode == first.inode)
    #expect(try place.folder.read("a").content == [2])
    #expect(try place.folder.status("a")?.permissions == 0o644)

    try place.folder.exchange("a", with: place.folder, "door")
    #expect(try place.folder.status("a")?.kind == .symbolicLink)
    #expect(place.isOutsideIntact)

    let error = #expect(throws: FileError.self) {
        try place.folder.exchange("a", with: other, "none")
    }
    #expect(error?.code == .noSuchFileOrDirectory)
}

@Test func aTreeIsRemovedUntilTheDeadline() throws {
    let place = try Place()
    try place.scratch.shell("cd in; mkdir -p tree/a; echo x >tree/a/b")
    #expect(try place.folder.removeTree("tree", before: .now - .seconds(1)) == false)
    #expect(try place.folder.status("tree") != nil)
    #expect(try place.folder.removeTree("tree", before: .now + .seconds(60)))
    #expect(try place.folder.status("tree") == nil)
    #expect(try place.folder.removeTree("tree", before: .now - .seconds(1)))
}

@Test func removedTreeEndsAtLinks() throws {
    let place = try Place()
    try place.scratch.shell(
        "cd in; mkdir -p tree/a/b; echo x >tree/a/b/c; ln -s ../../outside tree/way; mkfifo tree/a/p"
    )
    try place.folder.removeTree("tree")
    #expect(try place.folder.status("tree") == nil)
    try place.folder.removeTree("way")
    #expect(try place.folder.status("way") == nil)
    try place.folder.removeTree("none")
    #expect(place.isOutsideIntact)
    #expect(try place.folder.names() == ["dead", "door"])
}

@Test func hardLinkIsRefusedWhereTheNameIsTaken() throws {
    let place = try Place()
    try place.folder.create("mark", content: [], permissions: 0o600)
    try place.folder.hardLink("mark", into: place.folder, as: "lock")
    let error = #expect(throws: FileError.self) {
        try place.folder.hardLink("mark", into: place.folder, as: "lock")
    }
    #expect(error?.code == .fileExists)
    #expect(try place.folder.status("lock")?.links == 2)
}

@Test func namesAreBytesInOrder() throws {
    let place = try Place()
    let odd = FilePath(bytes: [0x66, 0xff, 0x0a, 0x20])
    try place.folder.create(odd, content: [7], permissions: 0o600)
    try place.folder.create("Z", content: [], permissions: 0o600)
    #expect(try place.folder.names() == ["Z", "dead", "door", odd, "way"])
    #expect(try place.folder.read(odd).content == [7])
    #expect(odd.bytes == [0x66, 0xff, 0x0a, 0x20])
}

@Test func lockIsFreeAgainWhenItsHolderIsGone() throws {
    let place = try Place()
    var held = try Lock("lock", in: place.folder)
    #expect(held != nil)
    #expect(try Lock("lock", in: place.folder) == nil)
    held = nil
    #expect(try Lock("lock", in: place.folder) != nil)
    #expect(throws: FileError.self) { _ = try Lock("door", in: place.folder) }
    #expect(place.isOutsideIntact)
}

@Test func anyWriteIsSeenAsATouch() throws {
    let place = try Place()
    let before = try place.folder.create("file", content: [1, 2], permissions: 0o600)
    // Same size, and a time of change that was set back.
    try place.scratch.shell("cp -p in/file kept; printf ab >in/file; touch -r kept in/file")
    let after = try #require(try place.folder.status("file"))
    #expect(after.modified == before.modified && after.size == before.size)
    #expect(!after.isUntouched(since: before))
}
