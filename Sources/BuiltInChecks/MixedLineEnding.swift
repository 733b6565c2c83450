internal import Checks

/// Gives all lines of a file the same line ending.
///
/// The most frequent ending wins; of equally frequent ones LF before CRLF before CR.
struct MixedLineEnding: TextCheck {
    static let name = "mixed-line-ending"
    static let summary = "Gives all lines of a file the same line ending."
    static let standsFor: String? = "mixed-line-ending"
    static let differences = [
        "Only line endings change: a last line without one stays so; pre-commit-hooks adds one, if "
            + "another line is changed."
    ]
    static let fixes = true
    static let knowsLineEndings = true
    static let options = [
        CheckOption(
            "--fix", "auto|lf|crlf|cr|no",
            "The ending that all lines get: `auto`, the default, takes the most frequent one of a "
                + "mixed file; `no` only reports mixed files.")
    ]
    static let examples = [
        Example(
            "the most frequent ending wins", text: "one\r\ntwo\nthree\r\n",
            .becomes("one\r\ntwo\r\nthree\r\n")),
        Example("LF wins a tie", text: "one\r\ntwo\n", .becomes("one\ntwo\n")),
        Example(
            "a lone CR is a line ending", text: "one\rtwo\nthree\n", .becomes("one\ntwo\nthree\n")),
        Example("the same ending everywhere passes", text: "one\r\ntwo\r\n", .passes),
        Example(
            "an ending can be chosen", ["--fix=lf"], text: "one\r\ntwo\r\n",
            .becomes("one\ntwo\n")),
        Example(
            "a missing ending stays missing", ["--fix=crlf"], text: "one\ntwo",
            .becomes("one\r\ntwo")),
        Example(
            "it can only report", ["--fix=no"], text: "one\r\ntwo\n",
            .finds([Finding(message: "mixed line endings: 1 LF, 1 CRLF")])),
    ]

    private enum Mode: Equatable {
        case report
        case mostFrequent
        case all(Ending)
    }

    private var mode = Mode.mostFrequent

    init(arguments: [String]) throws(CheckArgumentError) {
        for (name, value) in try Self.read(arguments) {
            switch value {
            case "auto": mode = .mostFrequent
            case "lf": mode = .all(.lf)
            case "crlf": mode = .all(.crlf)
            case "cr": mode = .all(.cr)
            case "no": mode = .report
            default:
                throw Self.refused(
                    "`\(name)` is one of auto, lf, crlf, cr and no, not \(Self.quoted(value))")
            }
        }
    }

    func inspectText(_ file: CheckedFile) -> Verdict {
        file.content.withUnsafeBufferPointer { bytes in
            let mayBeMixed = bytes.position(of: .carriageReturn, in: 0..<bytes.count) != nil
            if !mayBeMixed, [.report, .mostFrequent, .all(.lf)].contains(mode) { return .passed }

            let counts = count(bytes)
            if case .all(let wanted) = mode {
                if counts.others(than: wanted) == 0 { return .passed }
                let message =
                    "line endings other than \(wanted.label): \(counts.list(without: wanted))"
                return Verdict(
                    findings: [Finding(message: message)], fixed: rewrite(bytes, with: wanted))
            }
            let winner = counts.mostFrequent
            if counts.others(than: winner) == 0 { return .passed }
            return Verdict(
                findings: [Finding(message: "mixed line endings: \(counts.list())")],
                fixed: mode == .report ? nil : rewrite(bytes, with: winner))
        }
    }

    private func count(_ bytes: UnsafeBufferPointer<UInt8>) -> Counts {
        var counts = Counts()
        forEachEnding(in: bytes) { ending, _ in counts[ending] += 1 }
        return counts
    }

    private func rewrite(_ bytes: UnsafeBufferPointer<UInt8>, with wanted: Ending) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        let replacement = wanted.bytes
        var copied = 0
        forEachEnding(in: bytes) { ending, start in
            result.append(contentsOf: bytes[copied..<start])
            result.append(contentsOf: replacement)
            copied = start + (ending == .crlf ? 2 : 1)
        }
        result.append(contentsOf: bytes[copied...])
        return result
    }

    private func forEachEnding(
        in bytes: UnsafeBufferPointer<UInt8>, _ body: (Ending, _ start: Int) -> Void
    ) {
        var position = 0
        while position < bytes.count {
            if bytes[position] == .lineFeed {
                body(.lf, position)
            } else if bytes[position] == .carriageReturn {
                let isPair = position + 1 < bytes.count && bytes[position + 1] == .lineFeed
                body(isPair ? .crlf : .cr, position)
                if isPair { position += 1 }
            }
            position += 1
        }
    }
}

/// A line ending; the first of equally frequent ones wins.
private enum Ending: String, CaseIterable {
    case lf, crlf, cr

    var bytes: [UInt8] {
        switch self {
        case .lf: [.lineFeed]
        case .crlf: [.carriageReturn, .lineFeed]
        case .cr: [.carriageReturn]
        }
    }

    var label: String { rawValue.uppercased() }
}

/// How often each line ending occurs.
private struct Counts {
    private var counts: (lf: Int, crlf: Int, cr: Int) = (0, 0, 0)

    subscript(ending: Ending) -> Int {
        get {
            switch ending {
            case .lf: counts.lf
            case .crlf: counts.crlf
            case .cr: counts.cr
            }
        }
        set {
            switch ending {
            case .lf: counts.lf = newValue
            case .crlf: counts.crlf = newValue
            case .cr: counts.cr = newValue
            }
        }
    }

    var mostFrequent: Ending {
        Ending.allCases.reduce(.lf) { self[$1] > self[$0] ? $1 : $0 }
    }

    func others(than ending: Ending) -> Int {
        counts.lf + counts.crlf + counts.cr - self[ending]
    }

    /// The endings that occur, each with its number.
    func list(without left: Ending? = nil) -> String {
        Ending.allCases.filter { $0 != left && self[$0] > 0 }.map { "\(self[$0]) \($0.label)" }
            .joined(separator: ", ")
    }
}
