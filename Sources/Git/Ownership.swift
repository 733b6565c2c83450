internal import CGit2

/// Whether `safe.directory` of the user, the system or the command names a repository of another user,
/// or all with `*`. Git heeds places of it that libgit2 does not know.
func isTrusted(_ top: String) -> Bool {
    guard let config = try? ConfigurationFiles.openProtected() else { return false }
    final class Answer {
        let top: String
        var isTrusted = false
        init(_ top: String) { self.top = top }
    }
    let answer = Answer(top)
    let collect: git_config_foreach_cb = { entry, payload in
        guard let value = unsafe entry?.pointee.value, let payload = unsafe payload else {
            return 0
        }
        let answer = unsafe Unmanaged<Answer>.fromOpaque(payload).takeUnretainedValue()
        switch unsafe String(cString: value) {
        case "*", answer.top: answer.isTrusted = true
        // An empty value takes back what was said before.
        case "": answer.isTrusted = false
        default: break
        }
        return 0
    }
    _ = unsafe git_config_get_multivar_foreach(
        config.pointer, "safe.directory", nil, collect, Unmanaged.passUnretained(answer).toOpaque())
    return answer.isTrusted
}
