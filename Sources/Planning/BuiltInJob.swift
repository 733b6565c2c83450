internal import BuiltInChecks
internal import Checks
internal import Configuration
internal import Notation

extension BuiltIns {
    /// The kind of job of a built-in check; nil for an unknown kind.
    static func kind(of made: any BuiltIn) -> (any JobKind)? {
        switch made {
        case let check as any Check: CheckKind(check)
        case let check as any PythonCheck: PythonCheckKind(check)
        case let check as any TreeCheck: TreeCheckKind(check)
        case let check as any MessageCheck: MessageCheckKind(check)
        default: nil
        }
    }
}

extension Selection {
    /// The files that a built-in check gets by default.
    init(of check: any BuiltIn.Type) {
        self.init()
        files = check.files.isEmpty ? nil : check.files.compactMap { try? Glob($0) }
        types = check.types.isEmpty ? nil : check.types
        isForText = check.looksAt == .text
    }
}
