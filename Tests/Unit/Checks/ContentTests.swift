import BuiltInChecks
import Checks
import Foundation
import TestSupport
import Testing

/// Every fixer on contents of every kind: what it writes can still be read, it has nothing to add to
/// it, and what it does not understand stays as it is.
struct ContentTests {
    /// A content, and the encoding in which it can be read; nil when it is no text.
    struct Content: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var encoding: String.Encoding? = .utf8
        /// Whether nothing may change it.
        var isForeign = false

        var testDescription: String { name }
    }

    static let contents: [Content] =
        [
            Content(name: "empty", bytes: []),
            Content(name: "mark only", bytes: [0xEF, 0xBB, 0xBF]),
            Content(name: "two marks", bytes: Array("\u{FEFF}\u{FEFF}b \na\n".utf8)),
            Content(name: "mark and CRLF", bytes: Array("\u{FEFF}b \r\na\r\n\r\n".utf8)),
            Content(name: "CR", bytes: Array("b\ra\r".utf8)),
            Content(name: "CR, three lines", bytes: Array("c \rb\ra".utf8)),
            Content(name: "mixed", bytes: Array("c \r\nb\na\r\r\n".utf8)),
            Content(name: "CR CR LF", bytes: Array("b\r\r\na\r\r\n".utf8)),
            Content(name: "LF CR", bytes: Array("b\n\ra\n\r".utf8)),
            Content(name: "VT and FF", bytes: Array("b\u{B}\n\u{C}\na\u{C}".utf8)),
            Content(name: "NEL, LS, PS", bytes: Array("b\u{85}a\u{2028}\u{2029} \nb".utf8)),
            Content(name: "spaces that are not ASCII", bytes: Array("b\u{A0}\na\u{3000}\n".utf8)),
            Content(name: "escapes", bytes: Array("\u{1B}[1mb \u{8}\n\u{7}a".utf8)),
            Content(
                name: "Latin-1", bytes: [0xE9, 0x20, 0x0A, 0x61, 0xE9], encoding: .isoLatin1),
            Content(name: "Latin-1 NEL", bytes: [0x62, 0x85, 0x0A, 0x61], encoding: .isoLatin1),
            Content(
                name: "JSON with duplicates", bytes: Array("{\"a\":1,\"a\":2} ".utf8)),
            Content(
                name: "JSON with digits",
                bytes: Array("[1.00000000000000000001, 1e400]\n".utf8)),
        ] + wide + standIns

    /// Text in UTF-16 and UTF-32, with and without a mark, with and without zeros.
    private static let wide: [Content] = {
        let texts = ["b \r\na\r\n\r\n", "一丁上不 \n", "ਠ上", "邉上不上", "\n"]
        let encodings: [(String, String.Encoding, mark: [UInt8])] = [
            ("UTF-16LE", .utf16LittleEndian, [0xFF, 0xFE]),
            ("UTF-16BE", .utf16BigEndian, [0xFE, 0xFF]),
            ("UTF-32LE", .utf32LittleEndian, [0xFF, 0xFE, 0, 0]),
            ("UTF-32BE", .utf32BigEndian, [0, 0, 0xFE, 0xFF]),
        ]
        return encodings.flatMap { name, encoding, mark in
            texts.enumerated().flatMap { number, text in
                let bytes = [UInt8](text.data(using: encoding) ?? Data())
                let marked = Content(
                    name: "\(name) \(number)", bytes: mark + bytes, encoding: encoding,
                    isForeign: true)
                // The third text without a mark may as well be something else.
                if number == 2 { return [marked] }
                let bare = Content(
                    name: "\(name) \(number) without a mark", bytes: bytes, encoding: encoding,
                    isForeign: true)
                return [marked, bare]
            }
        }
    }()

    private static let standIns = [
        ("LFS", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 9\n"),
        (
            "LFS with extensions",
            "version https://git-lfs.github.com/spec/v1\next-0-a b\noid c\nsize 9\n"
        ),
        ("annex", "/annex/objects/SHA256E-s9--4d7a.json\n"),
        ("git-crypt", "\0GITCRYPT\0 \r\n \n"),
        ("transcrypt", "U2FsdGVkX19abc\nabc==\n"),
    ].map {
        Content(name: $0, bytes: Array($1.utf8), encoding: .isoLatin1, isForeign: true)
    }

    /// Every fixer, and those whose arguments let them do more.
    private static func fixers() throws -> [(name: String, check: any BuiltIn)] {
        let arguments: [String: [[String]]] = [
            "mixed-line-ending": [[], ["--fix=lf"], ["--fix=crlf"], ["--fix=cr"]],
            "trailing-whitespace": [[], ["--chars= o\r"]],
            "file-contents-sorter": [[], ["--ignore-case"], ["--unique"]],
            "pretty-format-json": [["--autofix"], ["--autofix", "--no-ensure-ascii"]],
        ]
        var fixers: [(name: String, check: any BuiltIn)] = []
        for type in BuiltIns.all where type.fixes {
            for words in arguments[type.name] ?? [[]] {
                let check: any BuiltIn = try type.init(arguments: words)
                fixers.append((([type.name] + words).joined(separator: " "), check))
            }
        }
        return fixers
    }

    @Test(arguments: contents)
    func everyFixerUnderstandsWhatItChanges(_ content: Content) throws {
        for (name, fixer) in try Self.fixers() {
            guard let fixed = try verdict(of: fixer, on: content.bytes).fixed else { continue }
            #expect(!content.isForeign, "\(name) changes it")
            let isAtRest = try verdict(of: fixer, on: fixed).fixed == nil
            #expect(isAtRest, "\(name) changes it again")
            guard let encoding = content.encoding else { continue }
            let isReadable = String(data: Data(fixed), encoding: encoding) != nil
            #expect(isReadable, "\(name) makes it unreadable")
        }
    }

    @Test(arguments: contents)
    func theFixersOfTheDefaultsComeToRestTogether(_ content: Content) throws {
        let names = ["byte-order-mark", "mixed-line-ending", "trailing-whitespace", "end-of-file"]
        let fixers = try names.map { name in
            try #require(BuiltIns.named(name) as? any Check.Type).init(arguments: [])
        }
        var bytes = content.bytes
        func round() {
            for fixer in fixers {
                bytes = fixer.inspect(CheckedFile(path: [], content: bytes)).fixed ?? bytes
            }
        }
        round()
        let once = bytes
        round()
        #expect(bytes == once)
        #expect(Self.visible(bytes) == Self.visible(content.bytes))
    }

    @Test(arguments: wide)
    func whatIsToBeFoundIsFoundInWideText(_ content: Content) throws {
        let encoding = try #require(content.encoding)
        let text = "a\n-----BEGIN RSA PRIVATE KEY-----\n"
        let check = try #require(BuiltIns.named("private-key") as? any Check.Type)
            .init(arguments: [])
        let key = [UInt8](text.data(using: encoding) ?? Data())
        #expect(check.inspect(CheckedFile(path: [], content: key)) != .passed)
    }

    /// The bytes without what the fixers of the defaults are there for.
    private static func visible(_ bytes: [UInt8]) -> [UInt8] {
        let text = bytes.starts(with: [0xFF, 0xFE]) ? bytes : Array(bytes.trimmed)
        return text.filter { !(0x09...0x0D).contains($0) && $0 != 0x20 }
    }

    private func verdict(of check: any BuiltIn, on bytes: [UInt8]) throws -> Verdict {
        let file = CheckedFile(path: Array("file".utf8), content: bytes)
        switch check {
        case let check as any Check: return check.inspect(file)
        case let check as any PythonCheck: return try PythonRun.verdict(of: check, on: file)
        case let other:
            Issue.record("\(other) is no check of a file")
            return .passed
        }
    }
}

extension [UInt8] {
    /// The bytes behind UTF-8 byte order marks.
    fileprivate var trimmed: ArraySlice<UInt8> {
        var rest = self[...]
        while rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        return rest
    }
}
