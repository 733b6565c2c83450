/// Reads the text of a scenario, line by line, strictly: what looks like a mistyped mark is an
/// error.
struct ScenarioReader {
    private var lines: [String]
    private var next = 0

    init(text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
    }

    mutating func read() throws(ScenarioError) -> [Scenario.Piece] {
        guard let first = lines.first, isProse(first), !first.isEmpty else {
            throw ScenarioError(line: 1, message: "a scenario opens with a line of prose")
        }
        var pieces: [Scenario.Piece] = []
        var steps = 0
        while next < lines.count {
            let line = lines[next]
            if line.hasPrefix("== ") {
                pieces.append(.file(try file()))
            } else if line.hasPrefix("$ ") {
                pieces.append(.step(try step()))
                steps += 1
            } else if isProse(line) {
                pieces.append(.prose([line]))
                next += 1
            } else {
                throw ScenarioError(
                    line: next + 1, message: "this line belongs to nothing: \(line)")
            }
        }
        guard steps > 0 else {
            throw ScenarioError(line: lines.count, message: "a scenario runs at least one command")
        }
        return pieces
    }

    private mutating func step() throws(ScenarioError) -> Scenario.Step {
        let line = next + 1
        var command = [String(lines[next].dropFirst(2))]
        next += 1
        while next < lines.count, lines[next].hasPrefix("> ") || lines[next] == ">" {
            command.append(String(lines[next].dropFirst(2)))
            next += 1
        }
        let output = indented()
        var status = 0
        if next < lines.count, lines[next].hasPrefix("? ") {
            guard let number = Int(lines[next].dropFirst(2)), number != 0 else {
                throw ScenarioError(line: next + 1, message: "`?` is followed by a status above 0")
            }
            status = number
            next += 1
        }
        return Scenario.Step(line: line, command: command, output: output, status: status)
    }

    private mutating func file() throws(ScenarioError) -> Scenario.File {
        let start = next
        let words = lines[next].split(separator: " ").map(String.init)
        guard words.count >= 3, words[1] == "file" else {
            throw ScenarioError(line: next + 1, message: "expected `== file PATH [option...]`")
        }
        let options = Set(words.dropFirst(3))
        let unknown = options.subtracting(["crlf", "no-newline", "+x", "hex"])
        guard unknown.isEmpty else {
            throw ScenarioError(line: next + 1, message: "unknown option \(unknown.sorted()[0])")
        }
        next += 1
        let content = indented()
        var bytes: [UInt8] = []
        if options.contains("hex") {
            for word in content.joined(separator: " ").split(separator: " ") {
                guard let byte = UInt8(word, radix: 16) else {
                    throw ScenarioError(line: start + 1, message: "not a hexadecimal byte: \(word)")
                }
                bytes.append(byte)
            }
        } else {
            let end = options.contains("crlf") ? "\r\n" : "\n"
            bytes = Array(content.map { $0 + end }.joined().utf8)
            if options.contains("no-newline") { bytes.removeLast(min(bytes.count, end.utf8.count)) }
        }
        return Scenario.File(
            path: words[2], content: bytes, executable: options.contains("+x"),
            lines: Array(lines[start..<next]))
    }

    /// The indented lines from here on; blank lines count only between them.
    private mutating func indented() -> [String] {
        var content: [String] = []
        var blank = 0
        var ahead = next
        while ahead < lines.count {
            let line = lines[ahead]
            if line.isEmpty {
                blank += 1
            } else if line.hasPrefix("    ") {
                content += Array(repeating: "", count: blank)
                content.append(String(line.dropFirst(4)))
                blank = 0
                next = ahead + 1
            } else {
                break
            }
            ahead += 1
        }
        return content
    }

    private func isProse(_ line: String) -> Bool {
        guard let first = line.first else { return true }
        return !"$>?= \t".contains(first)
    }
}
