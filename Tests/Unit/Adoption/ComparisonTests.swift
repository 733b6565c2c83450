import Foundation
import TestSupport
import Testing

/// Real configurations of pre-commit: after `hooks init` a run of hooks does what pre-commit does.
@Suite(.serialized, .inTurn) struct ComparisonTests {
    static let folder = Tested.project.appending(path: "Tests/Peers")

    static let configurations: [String] =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: "configurations").path)) ?? []).sorted()

    @Test(arguments: configurations)
    func convertedConfigurationDoesWhatPreCommitDoes(name: String) throws {
        let tools = try Tested.tools()
        let ended = try Scratch().run([
            tools.appending(path: "python").path, Self.folder.appending(path: "compare.py").path,
            Self.folder.appending(path: "configurations/\(name)").path, try Tested.binary().path,
            tools.path,
        ])
        #expect(ended.status == 0, "\(ended.text)")
    }

    @Test func thereAreEightConfigurations() {
        #expect(Self.configurations.count >= 8)
    }
}
