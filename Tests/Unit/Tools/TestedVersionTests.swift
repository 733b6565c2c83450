import Foundation
import Testing
import Tools

/// The versions that the program offers are those that its tests run with.
@Suite struct TestedVersionTests {
    private static let required: [String: String] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Support/requirements.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        let lines = text.split(separator: "\n").map { $0.components(separatedBy: "==") }
        return Dictionary(
            lines.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { a, _ in a })
    }()

    @Test func eachIsThatOfTheRequirementsOfTheTests() {
        #expect(!Self.required.isEmpty)
        for (package, version) in TestedVersions.all {
            #expect(
                Self.required[package] == version,
                "\(package): write the same into Tests/Support/requirements.txt and TestedVersions")
        }
    }

    @Test func eachPackageOfTheCatalogueThatIsTestedHasOne() {
        for tool in Catalogue.all where Self.required[tool.package] != nil {
            #expect(TestedVersions.all[tool.package] != nil, "\(tool.package)")
        }
    }

    @Test func theDefaultsHaveOne() {
        for package in TestedVersions.defaults { #expect(TestedVersions.all[package] != nil) }
    }
}
