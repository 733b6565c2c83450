internal import CLinux
internal import Glibc
internal import SystemPackage

/// Both ends of a new pipe; no other process inherits them.
func makePipe() throws(Errno) -> (reading: CInt, writing: CInt) {
    var ends: [CInt] = [-1, -1]
    guard linux_pipe(&ends) == 0 else { throw Errno(rawValue: errno) }
    return (ends[0], ends[1])
}

/// Starts a program as the leader of a new session.
///
/// - Parameters:
///   - words: its name and its arguments.
///   - folder: where it starts; nil: the current folder.
///   - onTerminal: whether it stays in this session, on the user's terminal.
///   - streams: the descriptors of its standard input, output and error. It has no others.
/// - Throws: why it cannot be started, such as `EAGAIN`; nothing runs then.
func startProgram(
    _ program: FilePath, _ words: [[UInt8]], _ environment: ProcessEnvironment,
    in folder: FilePath?, streams: [CInt], onTerminal: Bool = false
) throws(Errno) -> pid_t {
    let session: CInt = onTerminal ? 0 : 1
    let started = withCStrings(words) { words in
        withCStrings(environment.rows) { variables in
            program.withPlatformString { program in
                let child =
                    folder?.withPlatformString {
                        linux_spawn(program, words, variables, $0, streams, session)
                    } ?? linux_spawn(program, words, variables, nil, streams, session)
                return child > 0 ? child : -errno
            }
        }
    }
    guard started > 0 else { throw Errno(rawValue: -started) }
    return started
}

/// Waits for the end of a child; returns its exit status, nil if a signal ended it.
@discardableResult
func waitForEnd(of child: pid_t) -> Int32? {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
        if errno != EINTR { return nil }
    }
    return status & 0x7f == 0 ? (status >> 8) & 0xff : nil
}

/// Reads from a descriptor into `chunk`, also if it is interrupted; 0 at the end, or if it fails.
func readChunk(_ descriptor: CInt, _ chunk: inout [UInt8]) -> Int {
    while true {
        let count = read(descriptor, &chunk, chunk.count)
        if count >= 0 { return count }
        if errno != EINTR { return 0 }
    }
}

/// Calls `body` with the strings as C strings, and NULL after the last one.
package func withCStrings<Result>(
    _ strings: [[UInt8]], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
    let copies = strings.map { string in
        (string.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { source in
            source.baseAddress.flatMap { strdup($0) }
        }
    }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
