import Foundation
import TestSupport
import Testing
import Tools

/// What is declared in the folder is in the catalogue.
struct CatalogueFolderTests {
    private static let folder = Tested.project.appending(path: "Sources/Tools")

    @Test func everyToolOfTheFolderHasItsLine() throws {
        let catalogue = try String(
            contentsOf: Self.folder.appending(path: "Catalogue.swift"), encoding: .utf8)
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".swift") }.sorted()
        var declared = 0
        for file in files {
            let text = try String(
                contentsOf: Self.folder.appending(path: file), encoding: .utf8)
            for match in text.matches(of: /static let (\w+) = Tool\(/) {
                declared += 1
                #expect(
                    catalogue.contains(": { \(match.1) },\n"),
                    "Sources/Tools/Catalogue.swift lacks a line with `{ \(match.1) }` for \(file)")
            }
        }
        #expect(declared == Catalogue.all.count)
        #expect(Catalogue.all.map(\.name) == Catalogue.names)
    }
}
