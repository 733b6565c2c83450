import Reporting
import SystemPackage
import Testing

@Suite struct SafeNameTests {
    @Test(arguments: [
        ("src/a b.py", "src/a b.py"), ("größe/漢.py", "größe/漢.py"), ("", #""""#),
        ("a\nb\tc", #""a\nb\tc""#), (#"say "x"\y"#, #""say \"x\"\\y""#), ("-rf", #""-rf""#),
        (" a", #"" a""#), ("a ", #""a ""#), ("\u{1B}[2J", #""\033[2J""#),
        ("a\u{202E}b", #""a\342\200\256b""#), ("a\u{200B}", #""a\342\200\213""#),
        ("\u{9B}1m", #""\302\2331m""#), ("\u{7F}", #""\177""#), ("a\u{FEFF}", #""a\357\273\277""#),
    ])
    func nameIsQuotedOnlyWhereItMustBe(name: String, shown: String) {
        #expect(safeName(name.utf8) == shown)
        #expect(name.isEmpty || safeName(FilePath(name)) == shown)
    }

    @Test func bytesThatAreNotUTF8BecomeOctal() {
        #expect(safeName([0x61, 0xFF, 0x62]) == #""a\377b""#)
        #expect(safeName([0x61, 0xE2, 0x80]) == #""a\342\200""#)
    }

    @Test func pathKeepsBytesThatAreNotUTF8() {
        let path: FilePath = [UInt8(0x61), 0xFE].withUnsafeBytes { bytes in
            let name = bytes.map { CChar(bitPattern: $0) } + [0]
            return FilePath(platformString: name)
        }
        #expect(safeName(path) == #""a\376""#)
    }

    @Test func hostileNamesShowNoControlCharacter() {
        var source = HostileBytes(seed: 7)
        for _ in 0..<3000 {
            let bytes = source.make()
            let shown = safeName(bytes)
            #expect(shown.unicodeScalars.allSatisfy(isHarmless), "\(bytes)")
        }
    }
}

@Suite struct SafeOutputTests {
    @Test(arguments: [
        ("a\tb\n", "a\tb\n"), ("a\r\nb\r\n", "a\nb\n"), ("1%\r50%\r100%\n", "100%\n"),
        ("done\r\u{1B}[K\n", "done\n"), ("done\r\r\n", "done\n"), ("a\u{07}\u{08}b", "ab"),
        ("\u{1B}]0;title\u{07}x", "x"),
        ("\u{1B}]8;;http://x\u{1B}\\link\u{1B}]8;;\u{1B}\\", "link"),
        ("\u{1B}]0;never ends\nnext", "]0;never ends\nnext"), ("\u{1B}[2J\u{1B}[1;1Hx", "x"),
        ("\u{1B}(0x\u{1B}c\u{1B}7", "x"), ("\u{9B}31mx", "31mx"), ("a\u{202E}b", "a\u{FFFD}b"),
        ("\u{1B}", ""), ("\u{1B}[", "["), ("\u{1B}[31mred\u{1B}[0m", "red"),
    ])
    func onlyTextStaysWithoutColor(output: String, shown: String) {
        #expect(safeOutput(output.utf8, color: false) == shown)
    }

    @Test(arguments: [
        ("\u{1B}[1;31mred\u{1B}[0m\n", "\u{1B}[1;31mred\u{1B}[0m\n"),
        ("\u{1B}[31mred\nplain", "\u{1B}[31mred\u{1B}[0m\nplain"),
        ("\u{1B}[38;2;1;2;3mx\u{1B}[m", "\u{1B}[38;2;1;2;3mx\u{1B}[m"),
        ("\u{1B}[31mFAIL\r\u{1B}[0m\n", "\u{1B}[31mFAIL\u{1B}[0m\n"), ("\u{1B}[?31mx", "x"),
        ("\u{1B}[>4;2mx", "x"), ("\u{1B}[31 mx", "x"), ("\u{1B}[2Jx", "x"),
    ])
    func colorsStayAndEndWithTheirLine(output: String, shown: String) {
        #expect(safeOutput(output.utf8, color: true) == shown)
    }

    @Test func bytesThatAreNotUTF8AreReplaced() {
        #expect(safeOutput([0x61, 0xFF, 0x62], color: false) == "a\u{FFFD}b")
    }

    @Test(arguments: [true, false]) func hostileOutputSteersNothing(color: Bool) {
        let colors = /\u{1B}\[[0-9:;]*m/.matchingSemantics(.unicodeScalar)
        var source = HostileBytes(seed: 11)
        for _ in 0..<3000 {
            let bytes = source.make()
            let shown = safeOutput(bytes, color: color)
            let rest = color ? shown.replacing(colors, with: "") : shown
            let isSafe = rest.unicodeScalars.allSatisfy {
                $0 == "\n" || $0 == "\t" || isHarmless($0)
            }
            #expect(isSafe, "\(bytes)")
        }
    }

    @Test func hostileLinesShowNoControlCharacterButTabs() {
        var source = HostileBytes(seed: 13)
        for _ in 0..<3000 {
            let shown = safeLine(source.make())
            #expect(shown.unicodeScalars.allSatisfy { $0 == "\t" || isHarmless($0) })
        }
        #expect(safeLine("a\r\u{1B}\u{9B}\u{202E}".utf8) == "a^M^[<U+009B><U+202E>")
    }
}

/// Whether a terminal merely shows it; written apart from the code under test.
private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: false
    default: true
    }
}
