import Foundation
import TestSupport

/// Files by name that checks are tried on.
struct Corpus: Sendable {
    var files: [(name: String, content: [UInt8])] = []
    /// Names of the files with the executable bit.
    var executables: Set<String> = []

    /// Texts under names with this ending.
    init(_ ending: String, texts: [String], bytes: [[UInt8]] = []) {
        for (number, content) in (texts.map { Array($0.utf8) } + bytes).enumerated() {
            files.append(("\(number)\(ending)", content))
        }
    }

    /// The same files, and for each of them some in which lines or characters were lost, doubled or
    /// swapped.
    func mutated(_ times: Int, seed: UInt64) -> Corpus {
        var generator = SeededGenerator(seed: seed)
        var all = self
        for (name, content) in files where !content.isEmpty {
            for number in 0..<times {
                var changed = content
                for _ in 0...Int.random(in: 0...1, using: &generator) {
                    Self.mutate(&changed, using: &generator)
                }
                all.files.append(("m\(number)-\(name)", changed))
            }
        }
        return all
    }

    private static func mutate(_ content: inout [UInt8], using generator: inout SeededGenerator) {
        guard !content.isEmpty else { return }
        let at = Int.random(in: 0..<content.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: content.remove(at: at)
        case 1: content.insert(content[at], at: at)
        case 2: content.swapAt(at, Int.random(in: 0..<content.count, using: &generator))
        case 3:
            let signs = Array("{}[]()<>,:;=\"'#&*!|-\t \n\\%@`.0aé".utf8)
            content[at] = signs.randomElement(using: &generator) ?? 0x20
        default:
            let end = content[at...].firstIndex(of: 0x0A) ?? content.count - 1
            content.removeSubrange(at...end)
        }
    }

    /// Modules of Python's own library, small ones first come first.
    static func library(_ count: Int) -> [String] {
        let folder = URL(filePath: "/usr/lib/python3.11")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let texts = names.filter { $0.hasSuffix(".py") }.sorted().compactMap { name in
            try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
        }
        return Array(texts.filter { $0.utf8.count < 16_000 }.prefix(count))
    }
}
