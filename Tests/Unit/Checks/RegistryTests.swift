import BuiltInChecks
import Checks
import Foundation
import TestSupport
import Testing

struct RegistryTests {
    @Test func everyFileOfTheFolderHasItsLine() throws {
        let folder = Tested.project.appending(path: "Sources/BuiltInChecks")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") && $0 != "BuiltIns.swift" }.map {
                String($0.dropLast(6))
            }
        let listed = BuiltIns.all.map { "\($0)" }
        #expect(!files.isEmpty)
        for file in files.sorted() where !listed.contains(file) {
            Issue.record("Sources/BuiltInChecks/BuiltIns.swift lacks the line `\(file).self,`")
        }
        for name in listed where !files.contains(name) {
            Issue.record("Sources/BuiltInChecks/ lacks the file `\(name).swift`")
        }
    }

    @Test func namesAreUniqueAndFindTheirCheck() {
        let names = BuiltIns.all.map { $0.name }
        #expect(Set(names).count == names.count)
        for check in BuiltIns.all { #expect(BuiltIns.named(check.name) == check) }
        #expect(BuiltIns.named("no-such-check") == nil)
    }

    @Test func everyCheckCanBeReadAbout() {
        for check in BuiltIns.all {
            #expect(check.summary.hasSuffix("."), "\(check.name)")
            #expect(check.examples.contains { $0.outcome == .passes }, "\(check.name)")
            #expect(check.examples.contains { $0.outcome != .passes }, "\(check.name)")
            for option in check.options {
                #expect(option.name.hasPrefix("--") && option.summary.hasSuffix("."))
                #expect(
                    check.examples.contains { $0.arguments.contains { $0.hasPrefix(option.name) } },
                    "\(check.name) shows no example of \(option.name)")
            }
        }
    }

    @Test func whatACheckLooksAtFitsItsKind() {
        for check in BuiltIns.all {
            switch check.looksAt {
            case .text: #expect(check is any TextCheck.Type)
            case .name, .size: #expect(check is any Check.Type)
            case .python: #expect(check is any PythonCheck.Type)
            case .tree: #expect(check is any TreeCheck.Type)
            case .message: #expect(check is any MessageCheck.Type)
            }
        }
    }
}
