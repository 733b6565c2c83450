internal import Files
package import Git
internal import Glibc
internal import SystemPackage

/// What has passed: names of facts, in the git common directory, shared by all worktrees.
///
/// A fact is the hash of everything that a result depends on; that its name is here means that it
/// passed. Nothing else is kept, and a failure never. The file is a row of records, a name of 20
/// bytes and a check sum of 4. It is only appended to, under a lock that a killed process lets go
/// of; a torn or damaged record and all behind it is dropped. To forget a fact costs time, never
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
        guard !facts.isEmpty, let folder = try? Folder(opening: place),
            let content = try? folder.read(Self.file).content
        else { return [] }
        var found: Set<ObjectID> = []
        for fact in Self.facts(in: content) where facts.contains(fact) { found.insert(fact) }
        return found
    }

    /// Adds facts. A store that cannot be written now is left as it is.
    package func add(_ facts: [ObjectID]) {
        guard !facts.isEmpty, let folder = try? Folder(making: place, mode: 0o700) else { return }
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
        let sound = Self.facts(in: old)
        let new = facts.flatMap(Self.encode)
        if sound.count * Self.record != old.count || sound.count + facts.count > Self.mostRecords {
            let kept = sound.suffix(Self.mostRecords / 2).flatMap(Self.encode)
            try folder.replace(Self.file, content: kept + new, permissions: 0o600)
        } else {
            try folder.append(Self.file, new)
        }
    }

    /// The facts up to the first record that is not sound.
    private static func facts(in content: [UInt8]) -> [ObjectID] {
        var facts: [ObjectID] = []
        var start = 0
        while start + record <= content.count {
            let name = content[start..<(start + 20)]
            guard Array(content[(start + 20)..<(start + record)]) == checksum(of: name) else {
                break
            }
            facts.append(ObjectID(bytes: Array(name)))
            start += record
        }
        return facts
    }

    private static func encode(_ fact: ObjectID) -> [UInt8] {
        let name = fact.bytes
        return name + checksum(of: name[...])
    }

    /// FNV-1a, 32 bits.
    private static func checksum(of name: ArraySlice<UInt8>) -> [UInt8] {
        var sum: UInt32 = 0x811c_9dc5
        for byte in name { sum = (sum ^ UInt32(byte)) &* 0x0100_0193 }
        return (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) }
    }
}
