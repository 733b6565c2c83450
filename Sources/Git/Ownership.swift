internal import CGit2

/// Whether the user's or the system's configuration has `safe.directory = *`, which git knows and
/// libgit2 does not.
func everyOwnerIsTrusted() -> Bool {
    guard
        let config = try? unsafe Handle(
            "read the configuration", free: { unsafe git_config_free($0) },
            make: { unsafe git_config_open_default($0) })
    else { return false }
    final class Answer { var isTrusted = false }
    let answer = Answer()
    let collect: git_config_foreach_cb = { entry, payload in
        guard let value = unsafe entry?.pointee.value, let payload = unsafe payload else {
            return 0
        }
        let answer = unsafe Unmanaged<Answer>.fromOpaque(payload).takeUnretainedValue()
        switch unsafe String(cString: value) {
        case "*": answer.isTrusted = true
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
