internal import CGit2
internal import GitIndex

/// The owner of one libgit2 object, which is freed when the owner goes out of scope.
///
/// Every pointer from libgit2 is freed here and nowhere else; no handle leaves this
/// module.
@safe struct Handle: ~Copyable {
    let pointer: OpaquePointer
    private let free: (OpaquePointer?) -> Void

    /// Takes ownership of what `make` stored into its argument.
    ///
    /// - Throws: `GitError` with the code that `make` returned, if it is negative.
    init(
        _ attempt: @autoclosure () -> String, free: @escaping (OpaquePointer?) -> Void,
        make: (UnsafeMutablePointer<OpaquePointer?>) -> Int32
    ) throws(GitError) {
        var made: OpaquePointer?
        try check(unsafe make(&made), attempt())
        guard let made = unsafe made else {
            throw GitError(code: GIT_ERROR.rawValue, attempt: attempt(), detail: "nothing was made")
        }
        unsafe pointer = made
        unsafe self.free = free
    }

    deinit { unsafe free(pointer) }
}

/// Throws libgit2's error of this thread if `code` is negative.
@discardableResult
func check(_ code: Int32, _ attempt: @autoclosure () -> String) throws(GitError) -> Int32 {
    guard code < 0 else { return code }
    let last = unsafe git_error_last()
    let detail = unsafe last.flatMap { unsafe $0.pointee.message }.map {
        unsafe String(cString: $0)
    }
    throw GitError(code: code, attempt: attempt(), detail: detail ?? "code \(code)")
}

/// Bytes that libgit2 allocated, copied out; the buffer is disposed of.
func takeBytes(_ buffer: inout git_buf) -> [UInt8] {
    defer { unsafe git_buf_dispose(&buffer) }
    guard let start = unsafe buffer.ptr else { return [] }
    return unsafe start.withMemoryRebound(to: UInt8.self, capacity: buffer.size) {
        unsafe Array(UnsafeBufferPointer(start: $0, count: buffer.size))
    }
}

/// Initializes libgit2 once in this process and sets its search paths.
enum Library {
    static let started: Int32 = {
        let code = git_libgit2_init()
        _ = hooks_accept_extensions()
        return code
    }()
}
