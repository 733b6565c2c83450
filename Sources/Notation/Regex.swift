internal import CRegex

/// A regular expression in the place of a glob: `regex:^src/.*\.py$`, as other hook managers have
/// them; it may occur anywhere in the path.
struct Expression: Sendable {
    /// What a pattern of this kind begins with.
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
