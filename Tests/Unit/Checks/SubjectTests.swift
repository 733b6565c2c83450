import BuiltInChecks
import Checks
import Testing

struct SubjectTests {
    private func findings(_ message: [UInt8], _ arguments: [String] = []) throws -> [Finding] {
        let subject = try #require(BuiltIns.named("subject") as? any MessageCheck.Type)
        return try subject.init(arguments: arguments).inspect(message)
    }

    @Test func lengthIsCountedInCharacters() throws {
        let accents = String(repeating: "e\u{301}", count: 72)
        #expect(try findings(Array(accents.utf8)).isEmpty)
        #expect(try findings(Array((accents + "e").utf8)).count == 1)
    }

    @Test func whitespaceAtTheEndDoesNotCount() throws {
        let subject = String(repeating: "e", count: 72)
        #expect(try findings(Array("\(subject)  \r\n\r\nbody\r\n".utf8)).isEmpty)
    }

    @Test func leadingBlankLinesAreSkipped() throws {
        let long = [UInt8](repeating: 0x61, count: 80)
        #expect(try findings([0x0A, 0x0A] + long).map(\.line) == [3])
        #expect(try findings(Array(" \n\n".utf8)).map(\.line) == [nil])
    }

    @Test func mergeStillNeedsABlankSecondLine() throws {
        #expect(try findings(Array("Merge branch 'topic'\n# Conflicts\n".utf8)).map(\.line) == [2])
    }

    @Test func wordThatOnlyBeginsLikeAMergeIsNoMerge() throws {
        #expect(try findings(Array("Merges are quick".utf8), ["--max-length=5"]).count == 1)
        #expect(try findings(Array("Revert the change".utf8), ["--max-length=5"]).count == 1)
    }
}
