internal import CGit2

/// Reads the bytes of an index file once.
struct IndexReader {
    private(set) var places: [IndexMap.Place] = []
    /// The names of version 4, each with a NUL after it.
    private(set) var unpacked: [UInt8] = []
    private(set) var cachedTree: CachedTree?
    /// The optional parts behind the entries, by name.
    private(set) var extensions: [IndexMap.Extension] = []
    private(set) var endOfEntries = 0
    private let file: MappedFile
    /// The position after the last entry or extension that was read.
    private var offset = 12
    /// Where the hash of the file starts.
    private let end: Int

    /// The part of an entry before its flags and its name, and that with its flags.
    private static let head = 62

    init(_ file: MappedFile) {
        self.file = file
        end = file.count - 20
    }

    /// Reads all of it; an empty file is an index without entries.
    mutating func read() throws(GitError) {
        if file.count == 0 { return }
        guard file.count >= 32, file.number(at: 0) == 0x4449_5243 as UInt32 else {
            throw damaged("it does not start with DIRC")
        }
        let version: UInt32 = file.number(at: 4)
        guard (2...4).contains(version) else {
            throw damaged("version \(version) is not known")
        }
        let count = Int(file.number(at: 8) as UInt32)
        guard file.count <= Int(UInt32.max), count <= file.count / Self.head else {
            throw damaged("\(count) entries cannot be in \(file.count) bytes")
        }
        places.reserveCapacity(count)
        for _ in 0..<count {
            if version == 4 { try readPackedEntry() } else { try readEntry() }
        }
        try readExtensions()
    }

    private mutating func readEntry() throws(GitError) {
        let (name, flags) = try start()
        var length = Int(flags & 0xFFF)
        if length == 0xFFF {
            guard let zero = file.position(of: 0, from: name + length) else {
                throw damaged("a name does not end")
            }
            length = zero - name
        }
        let next = offset + (name - offset + length + 8) & ~7
        guard next <= end, file.number(at: name + length, UInt8.self) == 0 else {
            throw damaged("a name does not end")
        }
        places.append(.init(offset: UInt32(offset), name: UInt32(name), length: UInt32(length)))
        offset = next
    }

    /// An entry of version 4: how many bytes to remove from the previous name, and the bytes to
    /// append.
    private mutating func readPackedEntry() throws(GitError) {
        var (position, _) = try start()
        var cut = 0
        while true {
            guard position < end, cut < 1 << 24 else { throw damaged("a name does not end") }
            let byte = file.number(at: position, UInt8.self)
            position += 1
            cut += Int(byte & 0x7F)
            if byte & 0x80 == 0 { break }
            cut = (cut + 1) << 7
        }
        guard let zero = file.position(of: 0, from: position), zero < end else {
            throw damaged("a name does not end")
        }
        let before = places.last.map { Int($0.name)..<Int($0.name + $0.length) } ?? 0..<0
        guard cut <= before.count else {
            throw damaged("a name removes more than the previous name has")
        }
        let name = unpacked.count
        // A path has 4,096 bytes at most (`PATH_MAX`), and its entry takes 64 and more.
        guard name + before.count - cut + zero - position < 64 * file.count else {
            throw damaged("its names are longer than paths can be")
        }
        unpacked += Array(unpacked[before.dropLast(cut)])
        unpacked += file.copy(position..<zero + 1)
        places.append(
            .init(
                offset: UInt32(offset), name: UInt32(name),
                length: UInt32(unpacked.count - name - 1)))
        offset = zero + 1
    }

    /// Where the name of the entry at `offset` starts, and its flags.
    ///
    /// The shortest entry has 64 bytes: a name of one byte, or in version 4 one that is the name
    /// before it. The last one may end where the hash starts.
    private func start() throws(GitError) -> (name: Int, flags: UInt16) {
        guard offset + Self.head + 2 <= end else { throw damaged("it ends within an entry") }
        let flags = file.number(at: offset + 60, UInt16.self)
        return (offset + Self.head + (flags & 0x4000 == 0 ? 0 : 2), flags)
    }

    /// Optional extensions start with a capital letter; the others change the meaning of the
    /// entries.
    private mutating func readExtensions() throws(GitError) {
        endOfEntries = offset
        while offset + 8 <= end {
            let name = String(decoding: file.copy(offset..<offset + 4), as: UTF8.self)
            let size = Int(file.number(at: offset + 4) as UInt32)
            let start = offset + 8
            guard size <= end - start else { throw damaged("an extension does not end") }
            extensions.append(.init(name: name, start: start, end: start + size))
            if name == "TREE" {
                cachedTree = CachedTree(file, start..<start + size)
            } else if name.utf8.first.map({ $0 < 0x41 || $0 > 0x5A }) == true {
                throw GitError(
                    code: GIT_ERROR.rawValue, attempt: "read the index",
                    detail: "it has the extension '\(name)'")
            }
            offset = start + size
        }
    }

    private func damaged(_ reason: String) -> GitError {
        GitError(
            code: GIT_ERROR.rawValue, attempt: "read the index",
            detail:
                "it is damaged: \(reason); `git fsck` shows more; `git reset` rebuilds the index from "
                + "HEAD and unstages everything")
    }
}
