import Foundation
import TestSupport
import Testing
import Tools

/// The versions that the program offers are those that its tests run with.
@Suite struct TestedVersionTests {
    private static let file = Tested.project.appending(path: "Tests/Support/requirements.txt")

    /// The lines of the file with the version of each tested package; `RECORD=1` writes them.
    private static func lines(of text: String) -> [String] {
        var missing = TestedVersions.all
        let lines = text.split(separator: "\n").map { line in
            let package = String(line.prefix { $0 != "=" })
            return missing.removeValue(forKey: package).map { "\(package)==\($0)" } ?? String(line)
        }
        return lines + missing.sorted { $0.key < $1.key }.map { "\($0.key)==\($0.value)" }
    }

    @Test func theRequirementsOfTheTestsHaveEachVersion() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let wanted = Self.lines(of: text).joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["RECORD"] != nil {
            try wanted.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        #expect(
            try String(contentsOf: Self.file, encoding: .utf8) == wanted,
            "run it with RECORD=1, then ./test.sh")
    }

    @Test func eachPackageOfTheCatalogueThatIsTestedHasOne() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let required = Set(text.split(separator: "\n").map { $0.prefix { $0 != "=" } })
        for tool in Catalogue.all where required.contains(Substring(tool.package)) {
            #expect(TestedVersions.all[tool.package] != nil, "\(tool.package)")
        }
    }

    @Test func theDefaultsHaveOne() {
        for package in TestedVersions.defaults { #expect(TestedVersions.all[package] != nil) }
    }
}
