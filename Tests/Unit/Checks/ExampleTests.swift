import BuiltInChecks
import Checks
import TestSupport
import Testing

/// Every example of every check, as it stands and in every variant.
struct ExampleTests {
    @Test func everyExampleShowsWhatHappens() throws {
        for type in BuiltIns.all {
            for example in type.examples {
                let name = "\(type.name): \(example.title)"
                switch (example.outcome, try verdict(of: type, on: example)) {
                case (.passes, let verdict):
                    #expect(verdict.findings.isEmpty && verdict.fixed == nil, "\(name)")
                case (.finds(let findings), let verdict):
                    #expect(verdict == Verdict(findings: findings), "\(name)")
                case (.becomes(let text), let verdict):
                    #expect(
                        verdict.fixed.map { String(decoding: $0, as: UTF8.self) } == text, "\(name)"
                    )
                    #expect(verdict.fixed == Array(text.utf8), "\(name)")
                    #expect(!verdict.findings.isEmpty, "\(name)")
                }
            }
        }
    }

    @Test(arguments: Variant.allCases)
    func fixingAVariantTwiceIsFixingItOnce(variant: Variant) throws {
        for type in BuiltIns.all where !(type is any PythonCheck.Type) || type.fixes {
            for example in type.examples {
                var example = example
                example.file.content = variant.apply(to: example.file.content)
                try expectSoundVerdict(of: type, on: example, "\(type.name): \(example.title)")
            }
        }
    }

    @Test func fixingAnyBytesTwiceIsFixingThemOnce() throws {
        var generator = SeededGenerator(seed: 7)
        let alphabet: [UInt8] = Array(" \t\n\n\r\u{B}\u{C}aé=<>|;\u{FEFF}#".utf8) + [0xFF, 0x80]
        for _ in 0..<300 {
            let content = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
                alphabet.randomElement(using: &generator) ?? 0
            }
            for type in BuiltIns.all where !(type is any PythonCheck.Type) {
                for example in type.examples {
                    var example = example
                    example.file.content = content
                    try expectSoundVerdict(of: type, on: example, "\(type.name): \(content)")
                }
            }
        }
    }

    @Test(arguments: ["trailing-whitespace", "end-of-file", "mixed-line-ending", "byte-order-mark"])
    func binaryContentIsLeftAlone(name: String) throws {
        let check = try #require(BuiltIns.named(name) as? any Check.Type).init(arguments: [])
        let text = Array("\u{FEFF}one \r\ntwo \n\n\n".utf8)
        #expect(check.inspect(CheckedFile(path: [], content: text)) != .passed)
        #expect(check.inspect(CheckedFile(path: [], content: text + [0])) == .unseen)
        let far = [UInt8](repeating: 0x61, count: 8000)
        #expect(check.inspect(CheckedFile(path: [], content: text + far + [0, 0x20])) != .passed)
        let near = [UInt8](repeating: 0x61, count: 7999)
        #expect(check.inspect(CheckedFile(path: [], content: near + [0] + text)) == .unseen)
    }

    /// Properties of every input: see the expectations.
    private func expectSoundVerdict(
        of type: any BuiltIn.Type, on example: Example, _ name: String
    ) throws {
        let once = try verdict(of: type, on: example)
        guard let fixed = once.fixed else { return }
        let mayFix = type.fixes
        #expect(mayFix, "\(name): a check that does not fix has fixed")
        #expect(fixed != example.file.content, "\(name): fixed without a change")
        #expect(!once.findings.isEmpty, "\(name): fixed without a finding")
        var again = example
        again.file.content = fixed
        #expect(try verdict(of: type, on: again) == .passed, "\(name): not fixed at once")
    }

    private func verdict(of type: any BuiltIn.Type, on example: Example) throws -> Verdict {
        switch try type.init(arguments: example.arguments) {
        case let check as any Check: return check.inspect(example.file)
        case let check as any MessageCheck:
            return Verdict(findings: check.inspect(example.file.content))
        case let check as any TreeCheck:
            let tree = try #require(example.tree)
            return Verdict(findings: check.inspect(tree).map(\.finding))
        case let check as any PythonCheck:
            return try PythonRun.verdict(of: check, on: example.file)
        case let other:
            Issue.record("\(other) inspects nothing")
            return .passed
        }
    }
}

/// What is done to the content of an example.
enum Variant: CaseIterable {
    case asIs, windowsLines, noFinalLineBreak, byteOrderMark, multiByteText, empty

    func apply(to content: [UInt8]) -> [UInt8] {
        switch self {
        case .asIs: content
        case .windowsLines: content.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
        case .noFinalLineBreak: Array(content.dropLast(content.last == 0x0A ? 1 : 0))
        case .byteOrderMark: [0xEF, 0xBB, 0xBF] + content
        case .multiByteText:
            content.flatMap { (0x61...0x7A).contains($0) ? Array("é\u{301}語\u{A0}".utf8) : [$0] }
        case .empty: []
        }
    }
}
