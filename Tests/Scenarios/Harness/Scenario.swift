/// A text file that tells a story with real git: prose, files, commands, and what they print.
///
/// What stands at the start of a line decides what it is:
///
///     Prose: why this scenario exists. At least one line of it opens the file.
///
///     == file PATH [crlf] [no-newline] [+x] [hex]
///         the content, indented by four spaces
///
///     $ a command for /bin/sh
///     > its next line
///         what it prints on both streams, indented by four spaces
///     ? 1
///
/// A command without a `?` line must exit with 0. Blank lines between two indented lines belong to
/// the content; blank lines after the last one do not.
struct Scenario {
    enum Piece {
        /// Lines that mean nothing to the run.
        case prose([String])
        case file(File)
        case step(Step)
    }

    struct File {
        var path: String
        var content: [UInt8]
        var executable: Bool
        /// The lines as they stand, for writing them back.
        var lines: [String]
    }

    struct Step {
        /// Counted from 1.
        var line: Int
        var command: [String]
        var output: [String]
        var status: Int
    }

    var pieces: [Piece]

    var steps: [Step] {
        pieces.compactMap { piece in
            if case .step(let step) = piece { step } else { nil }
        }
    }

    init(text: String) throws(ScenarioError) {
        var reader = ScenarioReader(text: text)
        pieces = try reader.read()
    }

    /// The scenario as text again.
    var text: String {
        var lines: [String] = []
        for piece in pieces {
            switch piece {
            case .prose(let prose): lines += prose
            case .file(let file): lines += file.lines
            case .step(let step): lines += step.lines
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Scenario.Step {
    var lines: [String] {
        var lines = command.enumerated().map { ($0.offset == 0 ? "$ " : "> ") + $0.element }
        lines += output.map { $0.isEmpty ? "" : "    " + $0 }
        if status != 0 { lines.append("? \(status)") }
        return lines
    }
}

/// What is wrong with the text of a scenario.
struct ScenarioError: Error, Equatable, CustomStringConvertible {
    var line: Int
    var message: String

    var description: String { "line \(line): \(message)" }
}
