import Checks
import Configuration
import Files
import Git
import Planning
import Reporting
import Spawn
import SystemPackage
import TestSupport
import Testing
import Tools

@testable import Execution
@testable import Workplaces

/// Files in groups that are worked on at the same time.
struct ShardTests {
    private func files(_ sizes: [Int]) -> [FileState] {
        sizes.enumerated().map { position, size in
            FileState(
                position: position, path: FilePath("\(position)"), isExecutable: false,
                isAdded: false, size: size, content: [UInt8](repeating: 97, count: size))
        }
    }

    @Test func noFilesAreNoGroup() {
        #expect(Shards.split([], most: 4, least: 1) == [])
    }

    @Test func fewFilesStayTogether() {
        #expect(Shards.split(files([1, 1, 1]), most: 4, least: 2) == [[0, 1, 2]])
        #expect(Shards.split(files([1, 1, 1, 1]), most: 4, least: 2).count == 2)
    }

    @Test func oneCoreIsOneGroup() {
        #expect(Shards.split(files([1, 2, 3]), most: 1, least: 1) == [[0, 1, 2]])
    }

    @Test func aLargeFileIsAGroupOfItsOwn() {
        let groups = Shards.split(files([100_000, 10, 10, 10]), most: 2, least: 1)
        #expect(groups == [[0], [1, 2, 3]])
    }

    @Test func everyFileIsInOneGroupInItsOrderAndNoneIsTooMany() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let sizes = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                Int.random(in: 0...5000, using: &generator)
            }
            let most = Int.random(in: 1...9, using: &generator)
            let least = Int.random(in: 0...9, using: &generator)
            let groups = Shards.split(files(sizes), most: most, least: least)
            #expect(groups.flatMap { $0 } == Array(sizes.indices))
            #expect(groups.count <= most && groups.allSatisfy { !$0.isEmpty })
            #expect(groups.count <= max(1, sizes.count / max(1, least)))
        }
    }

    @Test func groupsHaveAboutTheSameBytes() {
        let groups = Shards.split(files(Array(repeating: 1000, count: 40)), most: 4, least: 1)
        #expect(groups.map(\.count).max() ?? 0 <= 11 && groups.count == 4)
    }
}

/// A set of positions.
struct PositionsTests {
    @Test func aPositionIsInAfterItWasInsertedAndNoOtherIs() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<50 {
            var plain: Set<Int> = []
            var positions = Positions()
            for _ in 0..<Int.random(in: 0...40, using: &generator) {
                let position = Int.random(in: 0..<400, using: &generator)
                plain.insert(position)
                positions.insert(position)
            }
            for position in 0..<500 {
                #expect(positions.contains(position) == plain.contains(position))
            }
            let made = Positions(plain.sorted())
            #expect((0..<500).filter(made.contains) == plain.sorted())
        }
    }

    @Test(arguments: [0, 63, 64, 65, 127, 128, 191, 192])
    func edgesOfTheWordsAreTold(position: Int) {
        let positions = Positions([position])
        #expect((0..<300).filter(positions.contains) == [position])
    }
}

/// A file while jobs work on it.
struct FileStateTests {
    private func file(_ text: String) -> FileState {
        FileState(
            position: 0, path: "a", isExecutable: false, isAdded: false, size: text.utf8.count,
            content: Array(text.utf8))
    }

    @Test func aChangeIsNewsToEverybodyAgain() {
        var file = file("a")
        file.settle(0)
        file.settle(70)
        #expect(!file.isNews(to: 0) && !file.isNews(to: 70) && file.isNews(to: 1))
        file.change(to: Array("b".utf8))
        #expect(file.isNews(to: 0) && file.isNews(to: 70) && file.isChanged)
    }

    @Test func aChangeBackIsNoChangeButANewVersion() {
        var file = file("a")
        file.change(to: Array("b".utf8))
        file.change(to: Array("a".utf8))
        #expect(!file.isChanged && file.version == 2)
    }

    @Test func goingBackToTheStartForgetsWhatWasSaid() {
        var file = file("a")
        file.change(to: [0, 1])
        file.settle(0)
        #expect(file.isBinary)
        file.reset()
        #expect(!file.isChanged && file.isNews(to: 0) && file.version == 2 && !file.isBinary)
    }
}
