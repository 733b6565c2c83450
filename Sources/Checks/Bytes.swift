internal import CLinux
import Glibc

extension UInt8 {
    package static let tab: UInt8 = 0x09
    package static let lineFeed: UInt8 = 0x0A
    package static let carriageReturn: UInt8 = 0x0D
    package static let space: UInt8 = 0x20

    /// Whether it is ASCII whitespace like in Python's `bytes.isspace`, vertical tab and form
    /// feed included.
    package var isWhitespace: Bool { self == .space || (self >= .tab && self <= .carriageReturn) }

    /// Whether it is whitespace in git's messages, where vertical tab and form feed are text.
    package var isGitSpace: Bool {
        self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
    }
}

extension [UInt8] {
    /// How many bytes git reads to distinguish binary content from text (`buffer_is_binary`).
    private static let binaryProbe = 8000

    /// Whether git treats it as binary content: it has a NUL byte near its start.
    package var isBinary: Bool {
        withUnsafeBufferPointer {
            $0.position(of: 0, in: 0..<Swift.min($0.count, Self.binaryProbe)) != nil
        }
    }
}

extension [UInt8] {
    /// Whether its lines end with CR and none with LF.
    package var endsLinesWithCR: Bool {
        withUnsafeBufferPointer {
            $0.position(of: .lineFeed, in: 0..<$0.count) == nil
                && $0.position(of: .carriageReturn, in: 0..<$0.count) != nil
        }
    }

    /// The UTF-8 byte order mark, if it begins with one, and the rest.
    package var afterMark: (mark: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
        let count = starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        return (prefix(count), dropFirst(count))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether a line may end in ASCII whitespace; carriage returns count.
    package var mayHaveSpacesAtLineEnds: Bool { lines_may_end_in_space(baseAddress, count) }

    /// Whether a line may begin with seven `<` or `>`.
    package var mayHaveMarkers: Bool { lines_may_be_markers(baseAddress, count) }

    /// The position of the first such byte in a range within the buffer; nil if there is none.
    package func position(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard !range.isEmpty, let base = baseAddress else { return nil }
        guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Where the line that starts at this position ends: its line feed, or the end of the buffer.
    package func lineEnd(from start: Int) -> Int {
        position(of: .lineFeed, in: start..<count) ?? count
    }

    /// Whether these bytes are at this position.
    package func holds(_ bytes: some Collection<UInt8>, at start: Int) -> Bool {
        start >= 0 && start <= count && bytes.count <= count - start
            && self[start..<start + bytes.count].elementsEqual(bytes)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Where these bytes first occur at or after a position; nil if they do not. There is at
    /// least one of them.
    package func position(of bytes: [UInt8], from start: Int) -> Int? {
        guard let base = baseAddress, start < count else { return nil }
        return bytes.withUnsafeBytes { needle in
            guard let first = needle.baseAddress,
                let found = linux_find(base + start, count - start, first, needle.count)
            else { return nil }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// The number of the line that a position is on, counted from 1.
    package func lineNumber(at position: Int) -> Int {
        var (number, start) = (1, 0)
        while let feed = self.position(of: .lineFeed, in: start..<position) {
            number += 1
            start = feed + 1
        }
        return number
    }
}

extension ArraySlice<UInt8> {
    /// Whether it comes before the other one in the order of bytes.
    package func precedes(_ other: ArraySlice<UInt8>) -> Bool {
        withUnsafeBytes { own in
            other.withUnsafeBytes { others in
                let common = Swift.min(own.count, others.count)
                guard common > 0, let own = own.baseAddress, let others = others.baseAddress else {
                    return own.count < others.count
                }
                let order = memcmp(own, others, common)
                return order == 0 ? count < other.count : order < 0
            }
        }
    }

    /// The bytes with ASCII letters in lower case.
    package func lowercasedASCII() -> [UInt8] {
        map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}
