import Foundation
import Testing

@testable import Masking

struct MaskTests {
    private func hide(_ text: String, _ values: [String]) -> String {
        Mask(values.map { Array($0.utf8) }).hide(text)
    }

    @Test func valuesAreHidden() {
        #expect(hide("a sesame b sesame", ["sesame"]) == "a *** b ***")
        #expect(hide("nothing", ["sesame"]) == "nothing")
        #expect(hide("sesame", []) == "sesame")
    }

    @Test func longerValueHidesTheWholeOfIt() {
        #expect(hide("(sesame-open)", ["sesame", "sesame-open"]) == "(***)")
        #expect(hide("(sesame-open)", ["sesame-o", "me-open"]) == "(***)")
    }

    @Test func shortOrdinaryWordsAndNumbersStay() {
        for word in ["", "abc", "true", "4096", "test", "/tmp", "false", "none"] {
            #expect(hide("x \(word) y", [word]) == "x \(word) y")
        }
        #expect(hide("x a1b2 y", ["a1b2"]) == "x *** y")
    }

    @Test func eachLineOfAKeyIsHidden() {
        let key = "-----BEGIN KEY-----\nabcdefghij\nklmnopqrst\nxy\n-----END KEY-----\n"
        #expect(hide("got: abcdefghij.", [key]) == "got: ***.")
        #expect(hide("E    klmnopqrst", [key]) == "E    ***")
        #expect(hide("xy", [key]) == "xy")
    }

    @Test func partsAtTheEndsOfACutTextAreHidden() {
        let value = "tok-5f2d8c-99"
        #expect(hide(Mask.cutMark(10) + "8c-99 rest", [value]).hasSuffix("follows\n8c-99 rest"))
        #expect(hide(Mask.cutMark(10) + "2d8c-99 rest", [value]).hasSuffix("follows\n*** rest"))
        #expect(hide("says tok-5f2d", [value]) == "says ***")
        #expect(hide("tok-5f2d rest", [value]) == "tok-5f2d rest")
    }

    /// Python writes the values in each way that programs do; nothing of them is to be read then.
    @Test func everyShapeThatPythonWritesIsHidden() throws {
        let values = [
            "tok-5f2d8c", "p@ss w/ord+\"x\"'y'\\z%&<>", "dG9rZW4=/+ab",
            "geheim-\u{E9}\u{1F511}-ende",
            "line one of it\nline two of it\n", "user:pass$word`x`!#",
        ]
        let script = #"""
            import base64, html, json, shlex, sys, textwrap, urllib.parse
            for s in json.load(sys.stdin):
                b = s.encode()
                wrapped = s[:5] + "\n    " + s[5:]
                shapes = [
                    s, repr(s), ascii(b)[2:-1], repr(b), json.dumps(s), json.dumps(json.dumps(s)),
                    json.dumps(s, ensure_ascii=False), json.dumps(s).replace("/", "\\/"),
                    urllib.parse.quote(s), urllib.parse.quote(s, safe=""), urllib.parse.quote_plus(s),
                    urllib.parse.quote(s, safe="").lower() if s.islower() else s,
                    urllib.parse.quote(urllib.parse.quote(s, safe=""), safe=""),
                    "".join("%%%02x" % c for c in b), "".join("\\x%02x" % c for c in b),
                    "".join("\\%03o" % c for c in b), "".join("\\u%04x" % ord(c) for c in s if ord(c) < 0x10000)
                    if all(ord(c) < 0x10000 for c in s) else s,
                    html.escape(s), "".join("&#%d;" % ord(c) for c in s), shlex.quote(s),
                    s.replace("'", "'\\''"), b.hex(), b.hex().upper(), b.hex(" "), b.hex(":"), b.hex(" ", -2),
                    "E   " + wrapped, "\x1b[31m" + s[:4] + "\x1b[0m" + s[4:],
                ]
                for n in range(4):
                    for code in (base64.b64encode, base64.urlsafe_b64encode):
                        text = code(b"xyz:"[:n] + b + b"..").decode()
                        shapes += [text, urllib.parse.quote(text, safe=""), "\n".join(textwrap.wrap(text, 20))]
                for shape in shapes:
                    sys.stdout.write(shape + "\0")
            """#
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(values))
        try input.fileHandleForWriting.close()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let shapes = data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        #expect(shapes.count > 200)
        for shape in shapes {
            let shown = hide("a \(shape) z", values)
            // At most the digits at the ends of base64 stay, which tell of other bytes as well, and
            // quotes.
            #expect(shown.contains("***") && shown.count <= 24, "\(shape) is shown as \(shown)")
        }
    }

    /// What test runners and debuggers make of a value that is no word of a sentence.
    @Test(arguments: [
        ("{'t': 'tok-5f...8c', 'u': 1}", "no: that is too little to tell"),
        ("assert 'tok-5f2d8c-9912...41-zz-77001' == ''", "assert '***...***' == ''"),
        ("assert 'tok-5f2d8c-9912\u{2026}41-zz-77001'", "assert '***\u{2026}***'"),
        ("('tok-5f2d8c-9912-aa'\n '41-zz-77001')", "('***')"),
        ("\"tok-5f2d8c-\" +\n  \"9912-aa41-zz-77001\"", "\"***\""),
        ("TOK-5F2D8C-9912-AA41-ZZ-77001", "***"),
        ("t o k - 5 f 2 d 8 c - 9 9 1 2 - a a 4 1 - z z - 7 7 0 0 1", "***"),
        ("tok-5f2d8c-9912-aa41-zz-77001".map { "\($0)" }.joined(separator: "\0"), "***"),
    ])
    func takenApart(text: String, shown: String) {
        let got = hide(text, ["tok-5f2d8c-9912-aa41-zz-77001"])
        if shown.hasPrefix("no: ") {
            #expect(got == text)
        } else {
            #expect(got == shown)
        }
    }

    @Test func listsOfCharactersAndOfNumbersAreHidden() {
        let value = "tok-5f2d8c"
        let characters = value.map { "'\($0)'" }.joined(separator: ", ")
        #expect(hide("[\(characters)]", [value]) == "['***']")
        let numbers = value.utf8.map { String($0) }.joined(separator: ", ")
        #expect(hide("{\"data\": [\(numbers)]}", [value]) == "{\"data\": [***]}")
    }

    @Test func membersOfJSONAreSecretByThemselves() {
        let value =
            #"{"client_email": "robot@example.org", "private_key_id": "a1b2c3d4e5f6", "#
            + #""private_key": "-----BEGIN-----\nabcdefghijklm\n", "password" : "swordfish"}"#
        #expect(hide("robot@example.org a1b2c3d4e5f6", [value]) == "robot@example.org a1b2c3d4e5f6")
        #expect(hide("got abcdefghijklm and swordfish", [value]) == "got *** and ***")
        #expect(hide("x swordfish", ["{\"password\": \"swordfish\""]) == "x ***")
        #expect(hide("x", ["{\"password\": \"swordfish"]) == "x")
    }

    @Test func passwordsOfAddressesAreFound() {
        func found(_ text: String) -> [String] {
            Mask.passwords(inAddresses: Array(text.utf8)).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        #expect(found("postgres://u:p%40ssword@h:5432/db") == ["p%40ssword", "p@ssword"])
        #expect(found("a https://h/x@y b redis://:s3same@h") == ["s3same", "s3same"])
        #expect(found("ssh://git@host/x https://h:80/") == [])
        let token = "ghp_0123456789abcdefgh"
        #expect(found("https://\(token)@github.example/x").first == token)
    }
}
