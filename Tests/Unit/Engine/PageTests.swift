import Foundation
import Pages
import TestSupport
import Testing

struct PageTests {
    @Test(arguments: Page.allCases)
    func pageOfTheDocsIsFresh(page: Page) throws {
        let file = Tested.project.appending(path: "docs/\(page.rawValue).md")
        let text = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            text == page.markdown,
            "run `hooks list --markdown \(page.rawValue) >docs/\(page.rawValue).md`")
    }
}
