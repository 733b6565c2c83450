internal import Files
package import Git
internal import Glibc
internal import SystemPackage

/// What has passed: names of facts, in the git common directory, shared by all worktrees.
///
/// A fact is the hash of everything that a result depends on; that its name is here means that it
/// passed. Nothing else is kept, and a failure never. The file is a row of records, a name of 20
/// bytes and a check sum of 4. It is only appended to, under a lock that a killed process lets go
/// of; a damaged record counts for nothing, and the next writer drops it. To forget a fact costs time, never
/// correctness.
package struct Store {
    private static let file: FilePath = "results"
    private static let record = 24
    /// Beyond this many records the older half is dropped.
    private static let mostRecords = 1 << 17

    private let place: FilePath

    /// - Parameter repository: the one whose common directory keeps the store.
    package init(_ repository: Repository) {
        let folder = repository.commonDirectory
        place = folder.pushing(repository.stateFolder(in: folder))
    }

    /// Those of the facts that are known.
    package func known(among facts: Set<ObjectID>) -> Set<ObjectID> {
        guard !facts.isEmpty, let folder = try? Folder(ofState: place),
            let content = try? folder.read(Self.file).content
        else { return [] }
        // Most records are others: a table of some bits tells so without hashing.
        var mayBe = [Bool](repeating: false, count: 1 << 16)
        for fact in facts { mayBe[Int(fact.checksum & 0xFFFF)] = true }
        var found: Set<ObjectID> = []
        Self.forEachRecord(of: content) { fact, sum in
            if mayBe[Int(sum & 0xFFFF)], facts.contains(fact) { found.insert(fact) }
        }
        return found
    }

    /// Adds facts. A store that cannot be written now is left as it is.
    package func add(_ facts: [ObjectID]) {
        guard !facts.isEmpty, let folder = try? Folder(ofState: place, create: true) else { return }
        for _ in 0..<20 {
            if let lock = try? Lock("results.lock", in: folder) {
                withExtendedLifetime(lock) { try? append(facts, in: folder) }
                return
            }
            usleep(10_000)
        }
    }

    private func append(_ facts: [ObjectID], in folder: borrowing Folder) throws {
        let old = try folder.status(Self.file) == nil ? [] : try folder.read(Self.file).content
        var sound = 0
        Self.forEachRecord(of: old) { _, _ in sound += 1 }
        let new = facts.flatMap(Self.encode)
        if sound * Self.record != old.count || sound + facts.count > Self.mostRecords {
            var kept: [UInt8] = []
            var surplus = sound - Self.mostRecords / 2
            Self.forEachRecord(of: old) { fact, _ in
                surplus -= 1
                if surplus < 0 { kept += Self.encode(fact) }
            }
            try folder.replace(Self.file, content: kept + new, permissions: 0o600)
        } else {
            try folder.append(Self.file, new)
        }
    }

    /// Calls `body` with every sound record, a fact and its check sum.
    private static func forEachRecord(
        of content: [UInt8], _ body: (ObjectID, UInt32) -> Void
    ) {
        var start = 0
        while start + record <= content.count {
            let fact = ObjectID(in: content, at: start)
            let sum = fact.checksum
            if content[start + 20] == UInt8(truncatingIfNeeded: sum),
                content[start + 21] == UInt8(truncatingIfNeeded: sum >> 8),
                content[start + 22] == UInt8(truncatingIfNeeded: sum >> 16),
                content[start + 23] == UInt8(truncatingIfNeeded: sum >> 24)
            {
                body(fact, sum)
            }
            start += record
        }
    }

    private static func encode(_ fact: ObjectID) -> [UInt8] {
        fact.bytes + (0..<4).map { UInt8(truncatingIfNeeded: fact.checksum >> (8 * UInt32($0))) }
    }
}
