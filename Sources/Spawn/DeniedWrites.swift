internal import CLinux
internal import Files
internal import SystemPackage

/// What a program, and what it starts, tried to write where it may not: told from the attempt, which
/// the kernel asks about, and not from what the program prints.
///
/// While the program runs somebody has to `sleep`, or it waits for the answer for good.
final class DeniedWrites {
    var isWanted = false
    var protected: [FilePath] = []
    /// Where the kernel asks; -1 where it does not.
    var listener: CInt = -1
    private(set) var names: [String] = []

    /// Enough to say what is wrong.
    private static let most = 3

    /// Sleeps as `linux_sleep` does, and answers the kernel.
    func sleep(_ descriptor: CInt, _ milliseconds: Int64) -> CInt {
        let ready = linux_sleep(descriptor, listener, milliseconds)
        if ready == 2 { answer() }
        return ready
    }

    private func answer() {
        var name = [CChar](repeating: 0, count: 8448)
        guard linux_next_write(listener, &name, name.count) == 1, names.count < Self.most else {
            return
        }
        let bytes = name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
        let text = String(decoding: bytes, as: UTF8.self)
        let path = FilePath(text)
        // Python tries to keep its bytecode wherever it imports from, and goes on when it cannot.
        guard protected.contains(where: { path.starts(with: $0) }),
            !text.contains("__pycache__"), !names.contains(text)
        else { return }
        names.append(text)
    }
}
