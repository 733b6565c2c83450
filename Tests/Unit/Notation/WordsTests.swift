import Testing

@testable import Notation

struct WordsTests {
    @Test(arguments: [
        ("a b\tc\nd", ["a", "b", "c", "d"]), ("  a  ", ["a"]), ("", []), ("'a b' c", ["a b", "c"]),
        ("\"a b\"c", ["a bc"]), ("a\\ b", ["a b"]), ("''", [""]), ("a '' b", ["a", "", "b"]),
        ("'a\\b'", ["a\\b"]), ("\"a\\$b\\\"c\\d\"", ["a$b\"c\\d"]),
        ("$VAR ~ *.py && x", ["$VAR", "~", "*.py", "&&", "x"]),
        ("a\\\nb", ["ab"]), ("a \\\n b", ["a", "b"]), ("\"a\\\nb\"", ["ab"]),
        ("a\r\nb", ["a", "b"]),
        ("é'ü 1'", ["éü 1"]), ("a#b # c", ["a#b", "#", "c"]),
    ])
    func wordsAreSplitAsAShellDoes(text: String, words: [String]) throws {
        #expect(try Words.split(text) == words)
    }

    @Test(arguments: ["'a", "\"a", "a\\", "\"a\\", "a 'b\"", "\"it's"])
    func unbalancedQuoteIsAnError(text: String) {
        #expect(throws: WordsError.self) { try Words(text) }
    }

    @Test func filesStandWhereTheyAreMarked() throws {
        let words = try Words("python gen.py {files} --out x")
        #expect(words.leading == ["python", "gen.py"])
        #expect(words.trailing == ["--out", "x"])
        #expect(words.placesFiles)
    }

    @Test func filesComeLastWhenNotMarked() throws {
        let words = try Words("make check")
        #expect(words.leading == ["make", "check"])
        #expect(words.trailing.isEmpty)
        #expect(!words.placesFiles)
    }

    @Test(arguments: [
        ("x --x={files}", "a word of its own"), ("x {files} {files}", "more than once"),
        ("", "no command"),
        ("{files}", "first word"), ("'' a", "no command"),
    ])
    func misplacedFilesAreAnError(text: String, reason: String) {
        let error = #expect(throws: WordsError.self) { try Words(text) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
}

struct NearestMatchTests {
    @Test(arguments: [
        ("agrs", "args"), ("balck", "black"), ("flake", "flake8"), ("Black", "black"),
        ("pass-files", "pass_files"), ("timeot", "timeout"), ("runin", "run_in"), ("arg", "args"),
    ])
    func typingErrorFindsTheWord(word: String, expected: String) {
        let known = ["args", "black", "flake8", "pass_files", "timeout", "run_in"]
        #expect(NearestMatch.of(word, among: known) == expected)
    }

    @Test(arguments: ["xyz", "", "a", "prettier", String(repeating: "black", count: 1000)])
    func nothingNearIsNil(word: String) {
        #expect(NearestMatch.of(word, among: ["args", "black", "flake8"]) == nil)
    }

    @Test func firstOfEquallyNearCandidatesIsTaken() {
        #expect(NearestMatch.of("bat", among: ["cat", "hat"]) == "cat")
        #expect(NearestMatch.of("bat", among: []) == nil)
    }

    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("ab", "ba", 1), ("kitten", "sitting", 3),
    ])
    func distanceCountsEdits(a: String, b: String, distance: Int) {
        #expect(NearestMatch.distance(Array(a.unicodeScalars), Array(b.unicodeScalars)) == distance)
    }
}
