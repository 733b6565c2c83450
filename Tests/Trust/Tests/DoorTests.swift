import Doors
import Foundation
import TestSupport
import Testing

extension Door: CustomTestStringConvertible {
    package var testDescription: String { name }
}

/// How much memory this process ever had, in kilobytes.
private func peakMemory() -> Int {
    let status = FileManager.default.contents(atPath: "/proc/self/status") ?? Data()
    let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
        .first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
}

@Test("door", .inTurn, arguments: Door.all)
func anyBytesAreReadOrRefused(_ door: Door) throws {
    var tried = 0
    var held = 0
    func enter(_ bytes: [UInt8]) {
        tried += 1
        if let complaint = door.enter(bytes) {
            Issue.record("\(complaint)\nfrom \(String(decoding: bytes, as: UTF8.self))")
        } else {
            held += 1
        }
    }
    let before = peakMemory()
    for bytes in door.seeds + [[]] + door.remembered + door.found { enter(bytes) }
    var mutation = Mutation(of: door, seed: Tested.isLong ? 2 : 1)
    let limit = tried + (Tested.isLong ? 10_000 : 600)
    while tried < limit, held == tried { enter(mutation.next()) }
    Tally.count("bytes: \(door.name)", tried: tried, held: held)
    #expect(peakMemory() - before < 400_000, "it took more than 400 MB")
}
