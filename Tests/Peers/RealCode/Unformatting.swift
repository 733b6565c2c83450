/// Spoils the format of Python code, line by line, and leaves its meaning alone.
enum Unformatting {
    /// The same number of lines, but not as isort and black would have them.
    ///
    /// - Parameter isHalf: leaves the second half of the lines as they are.
    static func unformatted(_ code: String, isHalf: Bool = false) -> String {
        var lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        reverseImports(&lines)
        for position in lines.indices.prefix(lines.count / (isHalf ? 2 : 1)) {
            switch position % 7 {
            case 1: lines[position] = withSingleQuotes(lines[position])
            case 3: lines[position] = lines[position].replacing(", ", with: ",  ")
            case 5: lines[position] = lines[position].replacing(" = ", with: "   =  ")
            default: break
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func withSingleQuotes(_ line: String) -> String {
        // One plain string and no other quotation mark: the marks may be swapped.
        guard line.count(where: { $0 == "\"" }) == 2, !line.contains("'"), !line.contains("\\"),
            !line.contains("#")
        else { return line }
        return line.replacing("\"", with: "'")
    }

    private static func reverseImports(_ lines: inout [String]) {
        var start: Int?
        for position in 0...lines.count {
            let isImport = position < lines.count && isPlainImport(lines[position])
            if isImport {
                start = start ?? position
            } else if let first = start {
                lines[first..<position].reverse()
                start = nil
            }
        }
    }

    private static func isPlainImport(_ line: String) -> Bool {
        guard line.hasPrefix("import ") || line.hasPrefix("from ") && line.contains(" import ")
        else { return false }
        return !line.contains("__future__") && !line.contains("(") && !line.contains("\\")
            && !line.contains("#") && !line.contains(";")
    }
}

/// Edits of the user's that are not staged: new lines only, in places that depend on the text
/// alone.
enum UnstagedEdits {
    /// Comments before some of the lines, and two lines at the end.
    ///
    /// - Parameter isHalf: leaves the first half of the lines as they are, and some more.
    static func added(to code: String, isHalf: Bool) -> String {
        let old = code.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for (number, line) in old.enumerated() {
            if number % 23 == 11, !isHalf || number > old.count / 2 + 10 {
                lines.append("# mine  before line \(number)")
            }
            lines.append(String(line))
        }
        return lines.joined(separator: "\n") + "mine  =  'not staged'\n# mine at the end\n"
    }
}
