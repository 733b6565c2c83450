internal import CGit2
internal import Glibc
package import SystemPackage

/// A file's bytes, mapped into memory for as long as this exists.
///
/// Only for files that are replaced by renaming, as git does with its own: one that is cut while it
/// is mapped would end the process.
@safe package final class MappedFile {
    package let bytes: UnsafeRawBufferPointer
    private let isMapped: Bool

    /// Bytes that are not in a file.
    package init(_ content: [UInt8]) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: content.count, alignment: 8)
        unsafe copy.copyBytes(from: content)
        unsafe bytes = UnsafeRawBufferPointer(copy)
        isMapped = false
    }

    /// - Throws: `GitError` if it cannot be read; a missing file is empty.
    package init(_ path: FilePath) throws(GitError) {
        isMapped = true
        let descriptor = unsafe path.withPlatformString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        if descriptor < 0, errno == ENOENT {
            unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        defer { if descriptor >= 0 { close(descriptor) } }
        var status = stat()
        guard descriptor >= 0, unsafe fstat(descriptor, &status) == 0 else {
            throw Self.failure(path)
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        let flags = MAP_PRIVATE | Int32(MAP_POPULATE)
        let start = unsafe mmap(nil, size, PROT_READ, flags, descriptor, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else { throw Self.failure(path) }
        unsafe bytes = UnsafeRawBufferPointer(start: start, count: size)
    }

    deinit {
        guard isMapped else {
            unsafe bytes.deallocate()
            return
        }
        guard let start = unsafe bytes.baseAddress else { return }
        unsafe munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
    }

    private static func failure(_ path: FilePath) -> GitError {
        let reason = Errno(rawValue: errno).description
        return GitError(
            code: GIT_ERROR.rawValue, attempt: "read \(path.string)", detail: reason)
    }
}

extension MappedFile {
    /// How many bytes there are.
    package var count: Int { unsafe bytes.count }

    /// The number at `position`, most significant byte first, as git writes numbers.
    package func number<Number: FixedWidthInteger & BitwiseCopyable>(
        at position: Int, _ type: Number.Type = UInt32.self
    ) -> Number {
        precondition(position >= 0 && position + MemoryLayout<Number>.size <= count)
        return unsafe bytes.loadUnaligned(fromByteOffset: position, as: type).bigEndian
    }

    /// The bytes of a part.
    package func copy(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return unsafe Array(bytes[range])
    }

    /// The name of an object at `position`.
    package func objectID(at position: Int) -> ObjectID {
        precondition(position >= 0 && position + 20 <= count)
        return unsafe ObjectID(
            UnsafeRawBufferPointer(rebasing: bytes[position..<position + 20]))
    }

    /// Where the next `byte` is, from `start` on.
    package func position(of byte: UInt8, from start: Int) -> Int? {
        guard start >= 0, start < count, let base = unsafe bytes.baseAddress,
            let found = unsafe memchr(base + start, Int32(byte), count - start)
        else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }
}
