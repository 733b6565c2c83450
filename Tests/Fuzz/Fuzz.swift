// One door under libFuzzer; `Tests/fuzz` builds and runs it. HOOKS_FUZZ_DOOR says which.
import Doors
import Glibc

/// The door that was asked for.
private let door: Door = {
    let name = getenv("HOOKS_FUZZ_DOOR").map { String(cString: $0) } ?? ""
    guard let door = Door.all.first(where: { $0.name == name }) else {
        print("there is no door \(name): \(Door.all.map(\.name))")
        exit(2)
    }
    return door
}()

/// What libFuzzer calls with every input that it makes up.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    if let complaint = door.enter(bytes) {
        print("complaint: \(complaint)")
        abort()
    }
    return 0
}
