import Glibc

/// All of standard input to its end, because git must not write into a pipe that nobody reads.
func standardInput() -> [UInt8] {
    var input: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(STDIN_FILENO, &chunk, chunk.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return input }
        input += chunk[..<count]
    }
}
