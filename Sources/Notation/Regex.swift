internal import CRegex

/// A regular expression instead of a glob: `regex:^src/.*\.py$`, as in other hook
/// managers; it may match anywhere in the path.
struct Expression: Sendable {
    /// The prefix of such a pattern.
    static let prefix = "regex:"

    /// A compiled pattern of PCRE2, which is never changed and never freed.
    private nonisolated(unsafe) let compiled: UnsafeRawPointer

    init(_ pattern: String) throws(GlobError) {
        var problem = [CChar](repeating: 0, count: 160)
        let count = problem.count
        let text = pattern.utf8.map(CChar.init(bitPattern:))
        guard let compiled = hooks_regex_compile(text, text.count, &problem, count) else {
            let bytes = problem.prefix { $0 != 0 }.map(UInt8.init(bitPattern:))
            throw GlobError(reason: String(decoding: bytes, as: UTF8.self))
        }
        self.compiled = UnsafeRawPointer(compiled)
    }

    func occurs(in subject: [UInt8]) -> Bool {
        hooks_regex_occurs(compiled, subject, subject.count)
    }
}
