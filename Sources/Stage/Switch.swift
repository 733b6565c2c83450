internal import Files
internal import Git
internal import GitIndex
internal import Staging
internal import SystemPackage

/// The changes from what was laid to what is wanted.
struct Switch {
    /// The status of the file of each wanted entry that stays.
    private(set) var kept: [StatData?]
    /// Positions of wanted entries whose files must be written.
    private(set) var writes: [Int] = []
    /// Positions of laid entries whose files must be removed.
    private(set) var removals: [Int] = []

    /// - Parameter isAsLaid: whether the file of a laid entry is still what was laid.
    init(
        from laid: IndexMap, to wanted: IndexMap, isAsLaid: (Int) throws -> Bool
    ) rethrows {
        kept = [StatData?](repeating: nil, count: wanted.count)
        /// Folders in which the attributes changed.
        var converted: [FilePath] = []
        var old = 0
        for new in 0..<wanted.count where !wanted.isUncommitted(new) {
            while old < laid.count, laid.order(old, to: new, of: wanted) < 0 {
                remove(old, laid, &converted)
                old += 1
            }
            let isBoth = old < laid.count && laid.order(old, to: new, of: wanted) == 0
            defer { if isBoth { old += 1 } }
            if wanted.isSkipped(new) {
                if isBoth, !laid.isSkipped(old) { remove(old, laid, &converted) }
                continue
            }
            if isBoth, !laid.isSkipped(old), laid.mode(old) == wanted.mode(new),
                laid.content(old) == wanted.content(new)
            {
                if try isAsLaid(old) { kept[new] = laid.stat(old) }
            } else if wanted.isAttributes(new) {
                converted.append(wanted.filePath(new).removingLastComponent())
            }
            if kept[new] == nil { writes.append(new) }
        }
        while old < laid.count {
            remove(old, laid, &converted)
            old += 1
        }
        if !converted.isEmpty { write(below: converted, wanted) }
    }

    private mutating func remove(_ position: Int, _ laid: IndexMap, _ converted: inout [FilePath]) {
        if laid.isSkipped(position) { return }
        removals.append(position)
        if laid.isAttributes(position) {
            converted.append(laid.filePath(position).removingLastComponent())
        }
    }

    /// Writes all files whose attributes changed.
    private mutating func write(below folders: [FilePath], _ wanted: IndexMap) {
        for folder in folders {
            for position in wanted.positions(below: folder) { kept[position] = nil }
        }
        writes = kept.indices.filter {
            kept[$0] == nil && !wanted.isSkipped($0) && !wanted.isUncommitted($0)
        }
    }

    /// Everything is written.
    mutating func writeAll(_ wanted: IndexMap) { write(below: [""], wanted) }

    /// The status of a file that was written, or got another time.
    mutating func note(_ position: Int, _ status: FileStatus) { kept[position] = StatData(status) }

    /// The status of a file is no longer known.
    mutating func forget(_ position: Int) { kept[position] = nil }
}

extension IndexMap {
    /// Whether an entry decides how files are converted.
    func isAttributes(_ position: Int) -> Bool {
        let name = ".gitattributes"
        return withName(position) { text, count in
            let bytes = UnsafeRawBufferPointer(start: text, count: count)
            guard bytes.count >= name.utf8.count,
                bytes.suffix(name.utf8.count).elementsEqual(name.utf8)
            else { return false }
            return bytes.count == name.utf8.count
                || bytes[bytes.count - name.utf8.count - 1] == UInt8(ascii: "/")
        } ?? false
    }
}
