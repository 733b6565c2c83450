import Glibc
import Reporting
import SystemPackage
import Testing

@Suite struct TerminalTests {
    @Test(arguments: [
        (ColorChoice.auto, true, ["TERM": "xterm"], true),
        (.auto, false, ["TERM": "xterm"], false),
        (.auto, true, ["TERM": "dumb"], false),
        (.auto, true, [:], false),
        (.auto, true, ["TERM": "xterm", "NO_COLOR": "1"], false),
        (.auto, true, ["TERM": "xterm", "NO_COLOR": ""], true),
        (.auto, false, ["CLICOLOR_FORCE": "1"], true),
        (.auto, false, ["CLICOLOR_FORCE": "0"], false),
        (.auto, false, ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
        (.always, false, ["TERM": "dumb", "NO_COLOR": "1"], true),
        (.never, true, ["TERM": "xterm", "CLICOLOR_FORCE": "1"], false),
    ])
    func colorFollowsTheOptionThenTheEnvironmentThenTheStream(
        choice: ColorChoice, isTerminal: Bool, environment: [String: String], color: Bool
    ) {
        #expect(
            Terminal.color(choice, isTerminal: isTerminal, environment: environment) == color)
    }

    @Test func fileIsNoTerminalAndHasTheDefaultSize() {
        let file = Recording()
        let terminal = Terminal(
            descriptor: file.descriptor, color: .auto, environment: ["TERM": "xterm"])
        #expect(terminal == Terminal())
        #expect(!terminal.isLive)
    }

    @Test func onlyATerminalThatIsWideAndMovesItsCursorIsLive() {
        #expect(Terminal(isTerminal: true, columns: 40).isLive)
        #expect(!Terminal(isTerminal: true, columns: 39).isLive)
        #expect(!Terminal(isTerminal: true, movesCursor: false).isLive)
    }
}

@Suite struct ByteWriterTests {
    @Test func fullPipeIsWaitedForAndNothingIsLost() async throws {
        let pipe = try FileDescriptor.pipe()
        let size = 300_000
        let flags = fcntl(pipe.writeEnd.rawValue, F_GETFL)
        #expect(fcntl(pipe.writeEnd.rawValue, F_SETFL, flags | O_NONBLOCK) == 0)
        let reading = Task.detached {
            var count = 0
            var chunk = [UInt8](repeating: 0, count: 4096)
            while true {
                let got = try chunk.withUnsafeMutableBytes { try pipe.readEnd.read(into: $0) }
                if got == 0 { return count }
                count += got
            }
        }
        let writer = ByteWriter(pipe.writeEnd)
        writer.write([UInt8](repeating: 1, count: size))
        writer.flush()
        try pipe.writeEnd.close()
        #expect(writer.failure == nil)
        #expect(try await reading.value == size)
        try pipe.readEnd.close()
    }

    @Test func readerWhoHasGoneAwayEndsTheWritingSilently() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try FileDescriptor.pipe()
        try pipe.readEnd.close()
        let writer = ByteWriter(pipe.writeEnd)
        writer.write("text")
        writer.flush()
        writer.write("more")
        writer.flush()
        #expect(writer.failure == .brokenPipe)
        try pipe.writeEnd.close()
    }
}
