/// One of the tables of file types, searched as text: to create a dictionary would
/// take longer than a commit without work.
struct FileTypeTable: Sendable {
    private let text: [UInt8]

    /// - Parameter text: lines of tags, a colon, and the words that have them.
    init(_ text: String) { self.text = Array(text.utf8) }

    /// The tags of a word; nil if it has none.
    subscript(word: some StringProtocol) -> [String]? {
        let wanted = Array(word.utf8)
        var found: [String]?
        forEachLine { tags, words in
            var start = words.startIndex
            while start < words.endIndex {
                let end = words[start...].firstIndex(of: UInt8(ascii: " ")) ?? words.endIndex
                if end - start == wanted.count, words[start..<end].elementsEqual(wanted) {
                    found = Self.split(tags)
                    return true
                }
                start = end + 1
            }
            return false
        }
        return found
    }

    /// Every tag, with repetitions.
    var types: [String] {
        var all: [String] = []
        forEachLine { tags, _ in
            all += Self.split(tags)
            return false
        }
        return all
    }

    /// The words whose first byte is of some kind.
    func words(beginning isWanted: (UInt8) -> Bool) -> [ArraySlice<UInt8>] {
        var all: [ArraySlice<UInt8>] = []
        forEachLine { _, words in
            all += words.split(separator: UInt8(ascii: " ")).filter {
                $0.first.map(isWanted) == true
            }
            return false
        }
        return all
    }

    private static func split(_ tags: ArraySlice<UInt8>) -> [String] {
        tags.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Calls `body` with the tags and the words of each line, until it returns false.
    private func forEachLine(_ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool) {
        var start = 0
        while start < text.count {
            let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
            let line = text[start..<end]
            if let colon = line.firstIndex(of: UInt8(ascii: ":")),
                body(line[..<colon], line[(colon + 1)...])
            {
                return
            }
            start = end + 1
        }
    }
}
