import Foundation
import Git
import GitIndex
import Remembering
import SystemPackage
import TestSupport
import Testing

/// A repository with an empty store.
private final class Kept {
    let scratch: Scratch
    let repository: Repository

    init() throws {
        scratch = try Scratch()
        try scratch.shell("git init -q -b topic work")
        repository = try Repository(at: FilePath(scratch.url.path + "/work"))
    }

    var bytes: [UInt8] { scratch.read("work/.git/hooks-state/results") ?? [] }

    func put(_ bytes: [UInt8]) throws {
        try scratch.write("work/.git/hooks-state/results", bytes)
    }
}

private func fact(_ number: Int) -> ObjectID { ObjectID(blob: Array("fact \(number)".utf8)) }

@Test func whatWasAddedIsKnownAndNothingElse() throws {
    let kept = try Kept()
    let store = Store(kept.repository)
    #expect(store.known(among: [fact(1)]) == [])
    store.add([fact(1), fact(2)])
    store.add([fact(3)])
    #expect(
        Store(kept.repository).known(among: [fact(2), fact(3), fact(4)]) == [fact(2), fact(3)])
}

@Test func everyDamagedByteForgetsItsFactAlone() throws {
    let kept = try Kept()
    let store = Store(kept.repository)
    store.add([fact(1), fact(2), fact(3)])
    let sound = kept.bytes
    for position in sound.indices {
        for bit in 0..<8 {
            var damaged = sound
            damaged[position] ^= 1 << bit
            try kept.put(damaged)
            let expected = Set(
                [fact(1), fact(2), fact(3)].enumerated()
                    .filter { $0.offset != position / 24 }.map(\.element))
            #expect(store.known(among: [fact(1), fact(2), fact(3)]) == expected)
        }
    }
}

@Test func aTornStoreIsMendedByTheNextWriter() throws {
    let kept = try Kept()
    let store = Store(kept.repository)
    store.add([fact(1), fact(2)])
    for length in 0..<48 {
        try kept.put(Array(kept.bytes.prefix(length)))
        store.add([fact(1), fact(2)])
        #expect(store.known(among: [fact(1), fact(2)]) == [fact(1), fact(2)])
        #expect(kept.bytes.count % 24 == 0)
    }
}

@Test func theStoreForgetsTheOldestAndStaysBounded() throws {
    let kept = try Kept()
    let store = Store(kept.repository)
    for part in 0..<15 { store.add((part * 10_000..<(part + 1) * 10_000).map(fact)) }
    #expect(kept.bytes.count <= 24 << 17)
    #expect(store.known(among: [fact(0), fact(149_999)]) == [fact(149_999)])
}
