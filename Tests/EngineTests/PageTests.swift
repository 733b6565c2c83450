import Engine
import Foundation
import Testing

struct PageTests {
    @Test(arguments: Page.allCases)
    func pageOfTheDocsIsFresh(page: Page) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/\(page.rawValue).md")
        let text = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            text == page.markdown,
            "run `hooks list --markdown \(page.rawValue) >docs/\(page.rawValue).md`")
    }
}
