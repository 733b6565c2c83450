import Testing

@testable import Configuration
@testable import Notation

struct PlacesTests {
    private func line(_ text: String, _ path: Step...) throws -> Int? {
        try Places(of: Array(text.utf8)).all[path]?.line
    }

    @Test func keysAreFoundUnderTheirHeaders() throws {
        let text = "a = 1\n\n# b = 2\n[t]\nb = 2\n\n[t.u]\nc = 3\n"
        #expect(try line(text, .key("a")) == 1)
        #expect(try line(text, .key("t")) == 4)
        #expect(try line(text, .key("t"), .key("b")) == 5)
        #expect(try line(text, .key("t"), .key("u")) == 7)
        #expect(try line(text, .key("t"), .key("u"), .key("c")) == 8)
        #expect(try line(text, .key("b")) == nil)
    }

    @Test func dottedAndQuotedKeysAreOnePath() throws {
        let text = "a . \"b.c\" . 'd' = 1\n[ x.\"y z\" ] # [no]\n\"\\u0061\\t\".k = 2\n"
        #expect(try line(text, .key("a"), .key("b.c"), .key("d")) == 1)
        #expect(try line(text, .key("x"), .key("y z"), .key("a\t"), .key("k")) == 3)
        #expect(try line(text, .key("x")) == 2)
    }

    @Test func arraysOfTablesAreCounted() throws {
        let text = "[[a]]\nk = 1\n[[a]]\nk = 2\n[a.b]\nc = 3\n[[a.d]]\n[[a.d]]\ne = 1"
        #expect(try line(text, .key("a")) == 1)
        #expect(try line(text, .key("a"), .item(0), .key("k")) == 2)
        #expect(try line(text, .key("a"), .item(1), .key("k")) == 4)
        #expect(try line(text, .key("a"), .item(1), .key("b"), .key("c")) == 6)
        #expect(try line(text, .key("a"), .item(1), .key("d"), .item(1), .key("e")) == 9)
    }

    @Test func multiLineStringsAreSkipped() throws {
        let basic = "a = \"\"\"\nb = 1 \\\"\"\"\n\"\"\"\"\"\nc = 2\n"
        #expect(try line(basic, .key("c")) == 4)
        #expect(try line(basic, .key("b")) == nil)
        let inArray = "a = [\"\"\"x\"\"\"\",\n'y']"
        #expect(try line(inArray, .key("a"), .item(1)) == 2)
        let literal = "a = '''\n[b]\n\\'''''\nc = \"#\" # x = \"\nd = 1"
        #expect(try line(literal, .key("c")) == 4)
        #expect(try line(literal, .key("d")) == 5)
        #expect(try line(literal, .key("b")) == nil)
    }

    @Test func itemsOfAnArrayHaveTheirOwnLines() throws {
        let text =
            "a = [ # ]\n  \"x\", 'y',\n  [1,\n 2], 1979-05-27 07:32:00,\n { k = 1 },\n]\nb = 1"
        #expect(try line(text, .key("a"), .item(1)) == 2)
        #expect(try line(text, .key("a"), .item(2), .item(1)) == 4)
        #expect(try line(text, .key("a"), .item(3)) == 4)
        #expect(try line(text, .key("a"), .item(4), .key("k")) == 5)
        #expect(try line(text, .key("b")) == 7)
    }

    @Test func inlineTablesKeepTheOrderOfTheirKeys() throws {
        let places = try Places(of: Array("t = { z = [1, 2], a.b = '}', y = 1 }\nn = 1".utf8))
        let orders = ["z", "a", "y"].map { places.all[[.key("t"), .key($0)]]?.order ?? -1 }
        #expect(orders == orders.sorted() && orders[0] > 0)
        #expect(places.all[[.key("t"), .key("a"), .key("b")]]?.line == 1)
        #expect(places.all[[.key("n")]]?.line == 2)
    }

    @Test func carriageReturnsDoNotCountAsLines() throws {
        #expect(try line("a = 1\r\n\r\n[b]\r\nc = [\r\n1]\r\nd = 2\r\n", .key("b"), .key("d")) == 6)
    }

    @Test func escapedNullIsRefusedWithItsLine() {
        let error = PlacesError(
            line: 2, reason: "a string contains a null character", statement: 1)
        for text in ["\na = \"\\u0000\"", "\n\"\\U00000000\" = 1", "\na = [\"\"\"x\\u0000\"\"\"]"] {
            #expect(throws: error) { try Places(of: Array(text.utf8)) }
        }
        #expect(throws: Never.self) { try Places(of: Array("a = '\\u0000' # \\u0000".utf8)) }
    }

    @Test func depthIsBounded() {
        let dots = Array(repeating: "a", count: 40).joined(separator: ".")
        let nested = String(repeating: "[", count: 100_000)
        let tables = String(repeating: "{a=", count: 100_000)
        for text in [
            "\(dots) = 1", "[\(dots)]", "x = { \(dots) = 1 }", "x = \(nested)", "x = \(tables)",
        ] {
            #expect(throws: PlacesError.self) { try Places(of: Array(text.utf8)) }
        }
    }

    @Test(arguments: [
        "=", "]", "}", "a = [", "a = {", "a = {=", "a = \"", "\"", "a = '''", "a.", ".",
        "a = \"\\u12", "é = 1", "a = {,", "[a", "a = \"\\",
    ])
    func textThatIsNotTOMLEndsTheScan(text: String) {
        #expect(throws: Never.self) { try Places(of: Array(text.utf8)) }
    }

    @Test(arguments: [
        "[", "[[", "[=]", "[.a]", "[é]", "[[ #]]", "a = [}]", "a = [1, é]", "a = [\u{2028}]",
        "a = 2000-01-01 1\n",
        "a = [2000-01-01 1]", "a = 2000-01-01T:1", "a = 2000-01-01T00:00:00+0", "a = 00:00:00.",
        "a = 2000-01-01 1 #", "a = 1\u{2028}",
    ])
    func faultThatTheParserDoesNotSurviveIsRefused(text: String) {
        #expect(throws: PlacesError.self) { try Places(of: Array(text.utf8)) }
        #expect(throws: ConfigurationError.self) { try parse(text) }
    }

    @Test func faultBeforeTheRefusedOneIsNamed() throws {
        let error = #expect(throws: ConfigurationError.self) { try parse("a = 1\nb = 'x\n[=]") }
        #expect(error?.line == 2)
        let other = #expect(throws: ConfigurationError.self) { try parse("a = 1\n\n[=]") }
        #expect(
            other?.message == "hooks.toml:3: this is not TOML: the name of a table must follow `[`")
    }

    @Test(arguments: [
        "1979-05-27", "1979-05-27 ", "07:32:00", "07:32:00.123", "1979-05-27T07:32:00",
        "1979-05-27 07:32:00Z",
        "1979-05-27t07:32:00.5-07:00", "+1_000", "-0.5e+10", "0xDEAD_beef", "true", "-inf", "nan",
    ])
    func everyKindOfScalarIsPassedOn(value: String) throws {
        let text = "x = [\(value), \(value) # c\n]\ny = \(value)\r\n"
        let error = #expect(throws: ConfigurationError.self) { try parse(text) }
        #expect(error?.message == "hooks.toml:1: unknown key `x`")
    }

    @Test func deepestDocumentIsRead() throws {
        let dots = Array(repeating: "a", count: Places.deepest).joined(separator: ".")
        let levels = Places.deepest / 2
        let value =
            String(repeating: "[{ \(dots) = ", count: levels) + "1"
            + String(repeating: "}]", count: levels)
        let error = #expect(throws: ConfigurationError.self) {
            try parse("[\(dots)]\n\(dots) = \(value)")
        }
        #expect(error?.message == "hooks.toml:1: unknown key `a`")
    }
}
