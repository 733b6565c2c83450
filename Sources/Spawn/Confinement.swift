internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// Keeps this process, and everything it starts, from writing beneath the protected folders.
///
/// Landlock knows only what is allowed, so the rules allow everything beside the way from the root to each protected
/// folder. A new name directly in one of the folders on that way is refused too. On a kernel without Landlock this
/// does nothing.
func confine(protecting protected: [FilePath], exceptFor writable: [FilePath]) {
    guard !protected.isEmpty else { return }
    let rules = linux_write_rules()
    guard rules >= 0 else { return }
    defer { close(rules) }
    allowAll(in: "/", except: protected, rules)
    for folder in writable { allow(folder, rules) }
    _ = linux_enforce(rules)
}

/// Allows what is in `folder`, going around the protected folders.
private func allowAll(in folder: FilePath, except protected: [FilePath], _ rules: CInt) {
    guard let names = try? Folder(opening: folder).names() else { return }
    for name in names {
        let path = folder.pushing(name)
        if protected.contains(path) { continue }
        if protected.contains(where: { $0.starts(with: path) }) {
            allowAll(in: path, except: protected, rules)
        } else {
            allow(path, rules)
        }
    }
}

private func allow(_ path: FilePath, _ rules: CInt) {
    let descriptor = path.withPlatformString { linux_open_name($0) }
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFLNK else { return }
    _ = linux_allow_writing(rules, descriptor, status.st_mode & S_IFMT == S_IFDIR)
}
