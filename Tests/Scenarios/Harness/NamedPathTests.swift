import Foundation
import TestSupport
import Testing

/// What a page names is there.
struct NamedPathTests {
    static let pages: [String] =
        ["README.md"]
        + ((try? FileManager.default.contentsOfDirectory(
            atPath: Tested.project.appending(path: "docs").path)) ?? [])
        .filter { $0.hasSuffix(".md") }.sorted().map { "docs/" + $0 }

    /// The words of a page that stand between backticks and have no blank.
    private func words(of page: String) throws -> [String] {
        let text = try String(contentsOf: Tested.project.appending(path: page), encoding: .utf8)
        return text.matches(of: /`([^`\s]+)`/).map { String($0.1) }
    }

    @Test(arguments: pages)
    func filesAndFoldersOfTheProjectAreThere(page: String) throws {
        for word in try words(of: page) {
            guard word.hasPrefix("Tests/") || word.hasPrefix("Sources/"), !word.contains("NAME")
            else {
                continue
            }
            let path = Tested.project.appending(path: word).path
            #expect(FileManager.default.fileExists(atPath: path), "\(page): there is no \(word)")
        }
    }

    @Test(arguments: pages)
    func scenariosAreThere(page: String) throws {
        let names = Set(ScenarioFile.all.map(\.name))
        let folders = Set(names.compactMap { $0.split(separator: "/").first })
        for word in try words(of: page) {
            let parts = word.split(separator: "/")
            guard parts.count == 2, folders.contains(parts[0]) else { continue }
            let isThere = names.contains { fnmatch(word, $0, 0) == 0 }
            #expect(isThere, "\(page): there is no scenario \(word)")
        }
    }
}
