internal import Files
package import Git
package import GitIndex
internal import SystemPackage

/// The cache of passed results: names of facts, in the git common directory, shared by all
/// worktrees.
///
/// The name of a fact is the hash of everything that a result depends on; a name in the cache means
/// that it passed. Nothing else is stored, and failures never. The file is a row of records, a name
/// of 20 bytes and a checksum of 4. It is only appended to, under a lock that a killed process
/// releases; a damaged record is ignored, and removed together with the older half. To lose a fact
/// costs time, never correctness.
package struct Store {
    private static let file: FilePath = "results"
    private static let record = 24
    /// Beyond this many records the older half is dropped.
    private static let mostRecords = 1 << 17

    private let place: FilePath

    /// - Parameter repository: the one whose common directory keeps the store.
    package init(_ repository: Repository) {
        place = repository.commonState
    }

    /// The cached ones among the facts.
    package func known(among facts: Set<ObjectID>) -> Set<ObjectID> {
        guard !facts.isEmpty, let folder = try? Folder(private: place),
            let content = try? folder.read(Self.file).content
        else { return [] }
        // Most records are others: a part of the checksum excludes them.
        var mayBe = [Bool](repeating: false, count: 1 << 16)
        for fact in facts { mayBe[Int(fact.checksum & 0xFFFF)] = true }
        var found: Set<ObjectID> = []
        Self.forEachRecord(of: content, where: { mayBe[$0] }) { fact in
            if facts.contains(fact) { found.insert(fact) }
        }
        return found
    }

    /// Adds facts. If the store cannot be written, nothing changes.
    package func add(_ facts: [ObjectID]) {
        guard !facts.isEmpty, let folder = try? Folder(private: place, create: true) else { return }
        guard let lock = Lock.briefly("results.lock", in: folder) else { return }
        withExtendedLifetime(lock) { try? append(facts, in: folder) }
    }

    private func append(_ facts: [ObjectID], in folder: borrowing Folder) throws {
        var new: [UInt8] = []
        new.reserveCapacity(facts.count * Self.record)
        for fact in facts { Self.encode(fact, into: &new) }
        let size = try folder.status(Self.file).map { Int($0.size) } ?? 0
        // Half a record would shift all records after it.
        guard size % Self.record != 0 || size / Self.record + facts.count > Self.mostRecords else {
            try folder.append(Self.file, new)
            return
        }
        var sound: [ObjectID] = []
        Self.forEachRecord(of: try folder.read(Self.file).content) { sound.append($0) }
        var kept: [UInt8] = []
        for fact in sound.suffix(Self.mostRecords / 2) { Self.encode(fact, into: &kept) }
        try folder.replace(Self.file, content: kept + new, permissions: 0o600)
    }

    /// Calls `body` with every sound record.
    ///
    /// - Parameter isWanted: whether to read a record, from the lower half of its checksum.
    private static func forEachRecord(
        of content: [UInt8], where isWanted: (Int) -> Bool = { _ in true },
        _ body: (ObjectID) -> Void
    ) {
        var start = 0
        while start + record <= content.count {
            defer { start += record }
            let half = Int(content[start + 20]) | Int(content[start + 21]) << 8
            guard isWanted(half) else { continue }
            let fact = ObjectID(in: content, at: start)
            let sum = fact.checksum
            let upper = Int(content[start + 22]) | Int(content[start + 23]) << 8
            if half == Int(sum & 0xFFFF), upper == Int(sum >> 16) { body(fact) }
        }
    }

    private static func encode(_ fact: ObjectID, into bytes: inout [UInt8]) {
        fact.append(to: &bytes)
        let sum = fact.checksum
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: sum >> shift))
        }
    }
}
