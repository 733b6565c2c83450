internal import SystemPackage

/// Writes the bytes of an index of version 2, or 3 if entries are skipped. Entries are added in
/// git's order.
package struct IndexWriter {
    private var bytes: [UInt8] = []
    private var count: UInt32 = 0
    private var isExtended = false

    /// - Parameter size: about how many bytes it will have.
    package init(expecting size: Int = 0) {
        bytes.reserveCapacity(size)
        bytes += Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, 0]
    }

    /// Adds an entry of another index with the status of a file.
    package mutating func append(
        _ position: Int, of index: IndexMap, _ stat: StatData, isSkipped: Bool
    ) {
        unsafe append(
            index.name(position), index.rawMode(position), index.blob(position), stat,
            isSkipped: isSkipped, stage: index.stage(position))
    }

    /// Adds an entry.
    package mutating func append(
        _ name: [UInt8], _ mode: EntryMode, _ blob: ObjectID, _ stat: StatData,
        isSkipped: Bool = false
    ) {
        unsafe name.withUnsafeBytes {
            unsafe append($0, mode.rawValue, blob, stat, isSkipped: isSkipped, stage: 0)
        }
    }

    private mutating func append(
        _ name: UnsafeRawBufferPointer, _ mode: UInt32, _ blob: ObjectID, _ stat: StatData,
        isSkipped: Bool, stage: UInt16
    ) {
        let start = bytes.count
        for number in stat.numbersBeforeMode { put(number) }
        put(mode)
        for number in stat.numbersBehindMode { put(number) }
        blob.append(to: &bytes)
        let length = UInt16(min(name.count, 0xFFF))
        let flags = length | stage << 12 | (isSkipped ? 0x4000 : 0)
        put(flags)
        if isSkipped {
            put(0x4000 as UInt16)
            isExtended = true
        }
        unsafe bytes.append(contentsOf: name)
        // One to eight bytes of zero, so that the next entry starts at a multiple of eight.
        for _ in 0..<(8 - (bytes.count - start) % 8) { bytes.append(0) }
        count += 1
    }

    /// All of it.
    ///
    /// - Parameter tree: the extension with the trees of the entries.
    package consuming func finished(tree: [UInt8]?) -> [UInt8] {
        if isExtended { bytes[7] = 3 }
        for place in 0..<4 {
            bytes[8 + place] = UInt8(truncatingIfNeeded: count >> (24 - 8 * UInt32(place)))
        }
        if let tree {
            bytes += Array("TREE".utf8)
            put(UInt32(tree.count))
            bytes += tree
        }
        bytes += ObjectID(hashOf: bytes).bytes
        return bytes
    }

    private mutating func put<Number: FixedWidthInteger & BitwiseCopyable>(_ number: Number) {
        unsafe withUnsafeBytes(of: number.bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }
}
