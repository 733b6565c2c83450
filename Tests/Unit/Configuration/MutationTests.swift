import TestSupport
import Testing

@testable import Configuration
@testable import Notation

/// Files that were valid before something happened to them: no input may end the process.
struct MutationTests {
    private static let odd: [String] = [
        "\"", "'", "\"\"\"", "'''", "[", "]", "{", "}", "[[", "]]", "=", ".", ",", "#", "\n", "\r",
        "\t", "\\",
        "\\u0000", "\\U0010FFFF", "\u{FEFF}", "é", "1979-05-27T07:32:00Z", "07:32:00", "inf",
        "-nan", "0x1F",
        "1e400", "99999999999999999999", "true", "[jobs.black]", "[[jobs.black]]", "a.b.c = 1\n",
        "{ a = 1 }",
        "[hooks]\n", "jobs = 1\n", "\"\" = 1\n", "_", "+", "-", "\u{7F}", "\u{2028}", "{files}",
    ]

    private func mutated(_ source: [UInt8], _ random: inout Sequence64) -> [UInt8] {
        var bytes = source
        for _ in 0...random.below(3) {
            let start = random.below(bytes.count + 1)
            let end = min(bytes.count, start + random.below(20))
            switch random.below(6) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: random.pick(Self.odd).utf8, at: start)
            case 2: bytes.replaceSubrange(start..<end, with: random.pick(Self.odd).utf8)
            case 3:
                bytes.insert(
                    contentsOf: Array(bytes[start..<end]), at: random.below(bytes.count + 1))
            case 4: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: start)
            default: bytes.removeSubrange(start..<(random.below(8) == 0 ? bytes.count : start))
            }
        }
        return bytes
    }

    @Test func mutatedFilesAreReadOrRefused() {
        var random = Sequence64(state: 42)
        var outcomes: [String: Int] = [:]
        for _ in 0..<3000 {
            let text = mutated(Array(wholeFile.utf8), &random)
            do throws(ConfigurationError) {
                _ = try Configuration.parse(text, file: "f", known: knownNames, version: "0.2")
                outcomes["read", default: 0] += 1
            } catch {
                outcomes[error.column == nil ? "refused" : "not TOML", default: 0] += 1
                let lines = text.count { $0 == UInt8(ascii: "\n") } + 1
                #expect(error.line.map { (1...lines).contains($0) } == true, "\(error.message)")
            }
        }
        for outcome in ["read", "refused", "not TOML"] {
            #expect(outcomes[outcome, default: 0] > 100, "\(outcomes)")
        }
    }

    @Test func mutatedPatternsAndCommandsAreReadOrRefused() {
        var random = Sequence64(state: 3)
        let pieces = [
            "*", "**", "/", "?", "[", "]", "{", "}", ",", "a", "é", "\\", "!", "-", "'", "\"", " ",
        ]
        var compiled = 0
        var split = 0
        for _ in 0..<20_000 {
            let text = (0..<random.below(12)).map { _ in random.pick(pieces) }.joined()
            if let glob = try? Glob(text) {
                compiled += 1
                _ = glob.matches("a/é/a,-".utf8)
                _ = glob.matches(branch: "a".utf8)
            }
            if (try? Words(text)) != nil { split += 1 }
        }
        #expect(compiled > 1000)
        #expect(split > 1000)
    }
}
