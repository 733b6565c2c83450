package import CGit2

/// The name of an object: the 20 bytes of its SHA-1.
package struct ObjectID: Hashable, Sendable {
    private var high: UInt64
    private var middle: UInt64
    private var low: UInt32

    package init(_ raw: git_oid) {
        var raw = raw
        (high, middle, low) = unsafe withUnsafeBytes(of: &raw) { bytes in
            unsafe (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
            )
        }
    }

    /// - Parameter bytes: the 20 bytes of the name.
    package init(_ bytes: UnsafeRawBufferPointer) {
        unsafe high = bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)
        unsafe middle = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        unsafe low = bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self)
    }

    /// Reads 40 hexadecimal digits; nil for anything else.
    package init?(hex: some StringProtocol) {
        var raw = git_oid()
        let text = String(hex)
        // libgit2 stores an error for the thread, which is not possible before it is initialized:
        // so it gets only valid input.
        guard text.utf8.count == 40, text.utf8.allSatisfy(Self.isHexadecimal),
            unsafe git_oid_fromstr(&raw, text) == 0
        else { return nil }
        self.init(raw)
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    /// The name in these bytes; missing bytes are zero.
    package init(bytes: [UInt8]) {
        var raw = git_oid()
        unsafe withUnsafeMutableBytes(of: &raw) { unsafe $0.copyBytes(from: bytes.prefix(20)) }
        self.init(raw)
    }

    /// The name of `content` as a blob.
    ///
    /// Unlike libgit2 this does not detect crafted collisions: do not use it for objects to store.
    package init(blob content: [UInt8]) {
        self.init(hashOf: content, behind: "blob \(content.count)\0")
    }

    /// The SHA-1 of a header and the bytes after it; all zero if there is none, which does not
    /// happen.
    package init(hashOf content: [UInt8], behind header: String = "") {
        var raw = git_oid()
        let code = unsafe withUnsafeMutableBytes(of: &raw) { hash in
            unsafe content.withUnsafeBufferPointer { bytes in
                unsafe hooks_sha1(
                    header, header.utf8.count, bytes.baseAddress, bytes.count,
                    hash.baseAddress?.assumingMemoryBound(to: UInt8.self))
            }
        }
        self.init(code == 0 ? raw : git_oid())
    }

    /// Both names combined by exclusive or; a collision of two pairs is as likely as that two
    /// contents have one name.
    package func joined(with other: ObjectID) -> ObjectID {
        var joined = self
        joined.high ^= other.high
        joined.middle ^= other.middle
        joined.low ^= other.low
        return joined
    }

    /// The name that starts at `offset`, followed by at least 20 bytes.
    package init(in bytes: [UInt8], at offset: Int) {
        precondition(offset >= 0 && offset + 20 <= bytes.count)
        self = unsafe bytes.withUnsafeBytes {
            unsafe ObjectID(UnsafeRawBufferPointer(rebasing: $0[offset..<offset + 20]))
        }
    }

    /// A checksum of the name, equal on every machine.
    package var checksum: UInt32 {
        var sum = high.littleEndian &* 0x9E37_79B9_7F4A_7C15
        sum = (sum ^ (sum >> 29)) &+ middle.littleEndian &* 0xBF58_476D_1CE4_E5B9
        sum = (sum ^ (sum >> 31)) &+ UInt64(low.littleEndian) &* 0x94D0_49BB_1331_11EB
        return UInt32(truncatingIfNeeded: sum >> 32)
    }

    /// The 20 bytes of the name.
    package var bytes: [UInt8] {
        let raw = self.raw
        return unsafe withUnsafeBytes(of: raw) { unsafe Array($0) }
    }

    /// Appends the 20 bytes of the name to others.
    package func append(to bytes: inout [UInt8]) {
        let raw = self.raw
        unsafe withUnsafeBytes(of: raw) { unsafe bytes.append(contentsOf: $0) }
    }

    /// A name is a hash already.
    package func hash(into hasher: inout Hasher) { hasher.combine(high) }

    /// The form for libgit2.
    package var raw: git_oid {
        var raw = git_oid()
        unsafe withUnsafeMutableBytes(of: &raw) { bytes in
            unsafe bytes.storeBytes(of: high, toByteOffset: 0, as: UInt64.self)
            unsafe bytes.storeBytes(of: middle, toByteOffset: 8, as: UInt64.self)
            unsafe bytes.storeBytes(of: low, toByteOffset: 16, as: UInt32.self)
        }
        return raw
    }

    /// The 40 hexadecimal digits that git prints.
    package var hex: String {
        let raw = self.raw
        return unsafe withUnsafeBytes(of: raw) { bytes in
            unsafe bytes.reduce(into: "") { text, byte in
                text += byte < 16 ? "0" : ""
                text += String(byte, radix: 16)
            }
        }
    }

    /// The all-zero name.
    package static let none = ObjectID(git_oid())

    /// Whether this is the all-zero name, which stands for "no object".
    package var isZero: Bool { high == 0 && middle == 0 && low == 0 }
}
