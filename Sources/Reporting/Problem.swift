/// One finding of a tool, parsed from its output.
package struct Problem: Equatable, Sendable {
    /// As the tool names it: relative to the top.
    package var path: String
    /// From 1.
    package var line: Int
    /// From 1; nil if the tool does not report it.
    package var column: Int?
    /// Such as `F401`; nil if there is none.
    package var code: String?
    package var message: String
    package var isError: Bool

    /// The findings in the output of flake8, ruff, mypy, and of any tool that writes
    /// `PATH:LINE[:COLUMN]: [error: ]MESSAGE`; those of Python's and node's own errors, whose
    /// message is below the place. Other lines are ignored.
    package static func all(in output: [UInt8]) -> [Problem] {
        var problems: [Problem] = []
        var title: (code: String?, message: String)?
        var above: (path: String, line: Int)?
        for line in String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let bare = line.drop { $0 == " " }
            if bare.hasPrefix("--> "), let (path, place, column, _) = place(bare.dropFirst(4)) {
                // ruff: the message is above the place.
                if let title {
                    problems.append(
                        Problem(
                            path: path, line: place, column: column, code: title.code,
                            message: title.message, isError: true))
                }
                title = nil
            } else if let place = pythonPlace(bare) {
                above = place
            } else if let (path, place, column, rest) = place(line[...]) {
                if let rest {
                    problems.append(problem(path, place, column, rest))
                    above = nil
                } else if column == nil {
                    above = (path, place)
                }
                title = nil
            } else if let place = above, isErrorName(line) {
                problems.append(
                    Problem(
                        path: place.path, line: place.line, column: nil, code: nil,
                        message: String(line), isError: true))
                above = nil
            } else if line.first != " ", line.first != "|" {
                title = heading(line)
            }
        }
        return problems
    }

    /// `File "PATH", line LINE`, as Python names a place; nil for what is not in the tree.
    private static func pythonPlace(_ text: Substring) -> (path: String, line: Int)? {
        guard text.hasPrefix("File \""), let end = text.dropFirst(6).firstIndex(of: "\"") else {
            return nil
        }
        var path = text.dropFirst(6)[..<end]
        let rest = text[end...].dropFirst()
        guard rest.hasPrefix(", line "), path.first != "/", path.first != "<",
            let line = Int(rest.dropFirst(7).prefix { $0.isNumber })
        else { return nil }
        if path.hasPrefix("./") { path = path.dropFirst(2) }
        return (String(path), line)
    }

    /// Whether a line begins as `SyntaxError: ` does.
    private static func isErrorName(_ line: Substring) -> Bool {
        guard let end = line.firstRange(of: ": ") else { return false }
        let name = line[..<end.lowerBound]
        return name.first?.isLetter == true
            && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
            && ["Error", "Exception", "Warning"].contains(where: name.hasSuffix)
    }

    /// `PATH:LINE[:COLUMN]`, and the text after the colon.
    private static func place(
        _ text: Substring
    ) -> (path: String, line: Int, column: Int?, rest: Substring?)? {
        let parts = text.split(separator: ":", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count > 1, let path = parts.first, path.contains(where: { !$0.isNumber }),
            path.first != " ",
            let line = Int(parts[1]), line > 0
        else { return nil }
        if parts.count > 2, let column = Int(parts[2]) {
            // Some tools count from zero, or report an unknown column.
            return (String(path), line, column > 0 ? column : nil, parts.count > 3 ? parts[3] : nil)
        }
        let rest = parts.count > 2 ? text.dropFirst(path.count + parts[1].count + 2) : nil
        return (String(path), line, nil, rest)
    }

    private static func problem(
        _ path: String, _ line: Int, _ column: Int?, _ rest: Substring
    ) -> Problem {
        var message = rest.drop { $0 == " " }
        var isError = true
        for (sign, error) in [("error: ", true), ("warning: ", false), ("note: ", false)]
        where message.hasPrefix(sign) {
            message = message.dropFirst(sign.count)
            isError = error
        }
        // mypy: the code is after the message.
        if message.last == "]", let start = message.lastIndex(of: "["),
            message[..<start].hasSuffix("  ")
        {
            let code = String(message[message.index(after: start)...].dropLast())
            message = message[..<start]
            while message.last == " " { message.removeLast() }
            return Problem(
                path: path, line: line, column: column, code: code, message: String(message),
                isError: isError)
        }
        let (code, text) = heading(message)
        return Problem(
            path: path, line: line, column: column, code: code, message: text, isError: isError)
    }

    /// A code such as `F401` or `E1101:`, and the message after it.
    private static func heading(_ text: Substring) -> (code: String?, message: String) {
        let words = text.split(separator: " ", maxSplits: 1)
        guard words.count == 2 else { return (nil, String(text)) }
        let code = words[0].hasSuffix(":") ? words[0].dropLast() : words[0]
        let isCode =
            code.first?.isUppercase == true && code.last?.isNumber == true
            && code.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber) }
        guard isCode else { return (nil, String(text)) }
        let rest = words[1].hasPrefix("[*] ") ? words[1].dropFirst(4) : words[1]
        return (String(code), String(rest))
    }
}
