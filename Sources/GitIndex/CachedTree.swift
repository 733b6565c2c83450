internal import Glibc
internal import SystemPackage

/// The trees that git has already written from an index, as its TREE extension stores them.
///
/// Git removes the name of a folder when an entry in it changes; if there is one, it is
/// the tree of the entries below.
package struct CachedTree {
    /// The last component of the folder's path; empty for the top.
    private(set) var name: [UInt8]
    /// nil if an entry changed since.
    package private(set) var tree: ObjectID?
    /// How many entries it covers, if it is known.
    private let entries: Int
    private(set) var folders: [CachedTree]

    /// The largest depth of folders; git's own paths are at most 4096 bytes long.
    private static let deepest = 2048

    /// Reads the extension; nil if it is empty or damaged: it only saves work.
    init?(_ file: MappedFile, _ range: Range<Int>) {
        var offset = range.lowerBound
        guard let read = CachedTree(file, at: &offset, before: range.upperBound, depth: 0) else {
            return nil
        }
        self = read
    }

    private init?(_ file: MappedFile, at offset: inout Int, before end: Int, depth: Int) {
        guard depth < Self.deepest,
            let zero = file.position(of: 0, from: offset),
            let space = file.position(of: UInt8(ascii: " "), from: zero),
            let newline = file.position(of: UInt8(ascii: "\n"), from: space), newline < end,
            let count = Int(String(decoding: file.copy(zero + 1..<space), as: UTF8.self)),
            let below = Int(String(decoding: file.copy(space + 1..<newline), as: UTF8.self)),
            below >= 0
        else { return nil }
        name = file.copy(offset..<zero)
        entries = count
        offset = newline + 1
        if count >= 0 {
            guard offset + 20 <= end else { return nil }
            tree = file.objectID(at: offset)
            offset += 20
        }
        folders = []
        for _ in 0..<below {
            guard let folder = CachedTree(file, at: &offset, before: end, depth: depth + 1) else {
                return nil
            }
            folders.append(folder)
        }
    }

    /// The part for a folder right below.
    package func folder(_ name: Slice<UnsafeRawBufferPointer>) -> CachedTree? {
        folders.first { unsafe $0.name.count == name.count && $0.name.elementsEqual(name) }
    }

    /// An entry below this folder has another content now.
    mutating func forget(_ path: FilePath) {
        forget(
            path.components.map {
                unsafe Array(
                    $0.withPlatformString {
                        unsafe UnsafeRawBufferPointer(start: $0, count: strlen($0))
                    })
            }[...])
    }

    private mutating func forget(_ names: ArraySlice<[UInt8]>) {
        tree = nil
        guard names.count > 1, let name = names.first,
            let below = folders.firstIndex(where: { $0.name == name })
        else { return }
        folders[below].forget(names.dropFirst())
    }

    /// The extension's bytes.
    var encoded: [UInt8] {
        let head = name + [0] + Array("\(tree == nil ? -1 : entries) \(folders.count)\n".utf8)
        return head + (tree?.bytes ?? []) + folders.flatMap(\.encoded)
    }
}
