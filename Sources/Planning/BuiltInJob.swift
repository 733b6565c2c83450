internal import Checks
internal import Configuration

extension Job.Action {
    /// What a built-in check is run as; nil when it is of no known kind.
    init?(_ made: any BuiltIn) {
        switch made {
        case let check as any Check: self = .check(check)
        case let check as any PythonCheck: self = .python(check)
        case let check as any TreeCheck: self = .tree(check)
        case let check as any MessageCheck: self = .message(check)
        default: return nil
        }
    }
}

extension Selection {
    /// The files that a built-in check is given where the project does not say.
    init(of check: any BuiltIn.Type) {
        self.init()
        files = check.files.isEmpty ? nil : check.files.compactMap { try? Glob($0) }
        types = check.types.isEmpty ? nil : check.types
        isForText = check.looksAt == .text
    }
}
