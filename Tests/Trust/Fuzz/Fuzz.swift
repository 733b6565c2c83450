import Doors
import Foundation

/// `Fuzz list`, `Fuzz sources DOOR`: what there is. `Fuzz examples DOOR FOLDER`: a file for each
/// example, `FOLDER.words` for the words. `Fuzz enter DOOR FOLDER`: lets every file in. With the
/// variable `DOOR`, when built for it: libFuzzer with all arguments, which starts itself again so.
@main struct Fuzz {
    static func main() throws {
        let words = CommandLine.arguments
        if let name = ProcessInfo.processInfo.environment["DOOR"] {
            guard let door = Door.all.first(where: { $0.name == name }) else { return usage() }
            return startFuzzer(door, words)
        }
        guard words.count > 1 else { return usage() }
        if words[1] == "list" { return Door.all.forEach { print($0.name) } }
        guard words.count > 2, let door = Door.all.first(where: { $0.name == words[2] }) else {
            return usage()
        }
        switch words[1] {
        case "sources": door.sources.forEach { print($0) }
        case "examples" where words.count == 4: try writeExamples(of: door, to: words[3])
        case "enter" where words.count == 4: try enter(door, filesOf: words[3])
        default: usage()
        }
    }

    private static func usage() {
        print(
            "usage: Fuzz list | sources DOOR | examples DOOR FOLDER | enter DOOR FOLDER"
        )
        exit(2)
    }

    private static func writeExamples(of door: Door, to folder: String) throws {
        for (number, seed) in (door.seeds + door.found).enumerated() {
            try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/example-\(number)"))
        }
        let words = door.words.map { word in
            "\"" + word.utf8.map { "\\x" + hex($0) }.joined() + "\"\n"
        }
        try Data(words.joined().utf8).write(to: URL(fileURLWithPath: folder + ".words"))
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
    }

    private static func enter(_ door: Door, filesOf folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
            if let complaint = door.enter([UInt8](data)) { print("\(name): \(complaint)") }
        }
    }
}

#if FUZZING
    /// libFuzzer's own main function, for programs that have one; `-sanitize=fuzzer` links it.
    @_silgen_name("LLVMFuzzerRunDriver")
    private func runDriver(
        _ count: UnsafeMutablePointer<CInt>,
        _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
        _ enter: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
    ) -> CInt

    nonisolated(unsafe) private var chosen: Door?

    private func startFuzzer(_ door: Door, _ words: [String]) {
        chosen = door
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
            capacity: words.count + 1)
        for (position, word) in words.enumerated() { list[position] = strdup(word) }
        list[words.count] = nil
        var count = CInt(words.count)
        var pointer = list
        exit(
            runDriver(&count, &pointer) { start, length in
                let bytes = [UInt8](UnsafeBufferPointer(start: start, count: length))
                if let complaint = chosen?.enter(bytes) { fatalError(complaint) }
                return 0
            })
    }
#else
    private func startFuzzer(_ door: Door, _ words: [String]) {
        print("this program was built without a fuzzer: Tests/bin/fuzz builds one")
        exit(2)
    }
#endif
