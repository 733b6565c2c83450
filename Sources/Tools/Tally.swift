extension Tool {
    /// How its output shows how many files it checked: by default a line such as `1 file
    /// reformatted, 2 files left unchanged`.
    package struct Tally: Sendable {
        /// The beginning of a line that reports that it checked no file.
        package var nothing: String?
        /// The beginning of a line with the number of skipped files.
        package var passedOver: String?
        /// The text in the line of each skipped file.
        package var each: String?
        /// The beginnings of lines that only report success.
        package var chatter: [String]

        init(
            nothing: String? = nil, passedOver: String? = nil, each: String? = nil,
            chatter: [String] = []
        ) {
            self.each = each
            self.nothing = nothing
            self.passedOver = passedOver
            self.chatter = chatter
        }

        /// Removes lines that only report success from the output of the tool.
        ///
        /// - Returns: also how many of its files it skipped.
        package func read(_ output: [UInt8], of given: Int) -> (kept: [UInt8], unseen: Int) {
            var seen: Int?
            var kept: [ArraySlice<UInt8>] = []
            let feed = UInt8(ascii: "\n")
            for line in output.split(separator: feed, omittingEmptySubsequences: false) {
                let text = String(decoding: line, as: UTF8.self)
                if let nothing, text.hasPrefix(nothing) {
                    seen = seen ?? 0
                } else if let words = passedOver, text.hasPrefix(words),
                    let count = Int(text.dropFirst(words.count).prefix(while: \.isNumber))
                {
                    seen = (seen ?? given) - count
                } else if let words = each {
                    if text.contains(words) { seen = (seen ?? given) - 1 }
                    kept.append(line)
                } else if passedOver == nil, let count = Self.files(in: text) {
                    seen = (seen ?? 0) + count
                } else if !chatter.contains(where: text.hasPrefix) {
                    kept.append(line)
                }
            }
            let unseen = seen.map { max(0, given - max(0, $0)) } ?? 0
            return (Array(kept.joined(separator: [feed])), unseen)
        }

        /// The sum of a line such as `1 file reformatted, 2 files left unchanged.`
        private static func files(in line: String) -> Int? {
            var sum = 0
            for part in line.split(separator: ",") {
                let words = part.split(separator: " ")
                guard words.count > 2, let count = Int(words[0]),
                    ["file", "files"].contains(words[1])
                else { return nil }
                sum += count
            }
            return line.isEmpty ? nil : sum
        }
    }
}
