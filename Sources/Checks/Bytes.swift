import Glibc

extension UInt8 {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20

    /// Whether it is ASCII whitespace as Python's `bytes.isspace` has it, vertical tab and form
    /// feed included.
    var isWhitespace: Bool { self == .space || (self >= .tab && self <= .carriageReturn) }

    /// Whether it is whitespace in git's messages, where vertical tab and form feed are text.
    var isGitSpace: Bool {
        self == .space || self == .tab || self == .lineFeed || self == .carriageReturn
    }
}

extension [UInt8] {
    /// How many bytes git reads to tell binary content from text (`buffer_is_binary`).
    private static let binaryProbe = 8000

    /// Whether git takes it for binary content: it has a NUL byte near its start.
    var isBinary: Bool {
        withUnsafeBufferPointer {
            $0.position(of: 0, in: 0..<Swift.min($0.count, Self.binaryProbe)) != nil
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The position of the first such byte in a range within the buffer; nil when there is none.
    func position(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard !range.isEmpty, let base = baseAddress else { return nil }
        guard let found = memchr(base + range.lowerBound, Int32(byte), range.count) else {
            return nil
        }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// Where the line that starts at this position ends: its line feed, or the end of the buffer.
    func lineEnd(from start: Int) -> Int {
        position(of: .lineFeed, in: start..<count) ?? count
    }

    /// Whether these bytes stand at this position.
    func holds(_ bytes: some Collection<UInt8>, at start: Int) -> Bool {
        start >= 0 && start <= count && bytes.count <= count - start
            && self[start..<start + bytes.count].elementsEqual(bytes)
    }
}
