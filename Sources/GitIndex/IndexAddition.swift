internal import SystemPackage

/// An entry that is put between those of an index.
struct Addition {
    /// The entry before which it comes.
    let position: Int
    let name: [UInt8]
    fileprivate let mode: UInt32
    fileprivate let blob: ObjectID
    fileprivate let stat: StatData

    /// - Returns: nil where the path, a folder of it, or something below it has an entry by now.
    init?(_ replacement: BlobReplacement, to index: IndexMap) {
        let path = replacement.entry.path
        var folder = path
        while folder.removeLastComponent(), !folder.isEmpty {
            if index.position(at: folder) != nil { return nil }
        }
        if index.holds(path) { return nil }
        position = index.firstPosition(notBefore: path)
        name = unsafe path.withPlatformString { text in
            unsafe Array(UnsafeRawBufferPointer(start: text, count: path.length))
        }
        mode = replacement.entry.mode.rawValue
        blob = replacement.blob
        stat = replacement.stat ?? .unknown
    }

    /// What an entry has before its name.
    fileprivate var head: [UInt8] {
        let numbers = stat.numbersBeforeMode + [mode] + stat.numbersBehindMode
        let length = UInt16(min(name.count, 0xFFF))
        return numbers.flatMap { number in
            (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
        } + blob.bytes + [
            UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length),
        ]
    }
}

extension IndexRewrite {
    /// Puts new entries in; those that are there keep their order.
    mutating func add(_ additions: [Addition]) {
        if additions.isEmpty { return }
        let isPacked = (file.number(at: 4) as UInt32) == 4
        let byPlace = Dictionary(grouping: additions, by: \.position)
        // From the end, so that the places of those before stay what they are.
        for (position, group) in byPlace.sorted(by: { $0.key > $1.key }) {
            let sorted = group.sorted { $0.name.lexicographicallyPrecedes($1.name) }
            if isPacked {
                addPacked(sorted, at: position)
            } else {
                let offset = offset(of: position)
                content.insert(contentsOf: sorted.flatMap(Self.entry), at: offset)
            }
        }
        put(bytes(UInt32(index.count + additions.count)), at: 8)
    }

    private func offset(of position: Int) -> Int {
        position < index.count ? Int(index.places[position].offset) : index.endOfEntries
    }

    /// An entry of version 2 and 3: one to eight bytes of zero bring it to a multiple of eight.
    private static func entry(_ addition: Addition) -> [UInt8] {
        let bytes = addition.head + addition.name
        return bytes + [UInt8](repeating: 0, count: 8 - bytes.count % 8)
    }

    /// In version 4 a name says what it has in common with the name before it. So the entry that
    /// follows has to be said in another way, too.
    private mutating func addPacked(_ additions: [Addition], at position: Int) {
        var before = position > 0 ? unsafe Array(index.name(position - 1)) : []
        var added: [UInt8] = []
        for addition in additions {
            added += addition.head + Self.packed(addition.name, after: before)
            before = addition.name
        }
        let start = offset(of: position)
        guard position < index.count else {
            content.insert(contentsOf: added, at: start)
            return
        }
        let isExtended = file.number(at: start + 60, UInt16.self) & 0x4000 != 0
        let head = content[start..<start + (isExtended ? 64 : 62)]
        let name = unsafe Array(index.name(position))
        content.replaceSubrange(
            start..<offset(of: position + 1), with: added + head + Self.packed(name, after: before))
    }

    /// How many bytes to cut off the name before, and what to put there.
    private static func packed(_ name: [UInt8], after before: [UInt8]) -> [UInt8] {
        let common = zip(name, before).prefix { $0 == $1 }.count
        var cut = before.count - common
        var number = [UInt8(cut & 0x7F)]
        while cut >= 0x80 {
            cut = (cut >> 7) - 1
            number.insert(UInt8(cut & 0x7F) | 0x80, at: 0)
        }
        return number + name[common...] + [0]
    }
}
