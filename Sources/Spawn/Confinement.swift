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
    allowAll(in: "/", except: protected.map { $0.components.map { FilePath(root: nil, [$0]) }[...] }, rules)
    for folder in writable {
        folder.withPlatformString { linux_allow_writing(rules, AT_FDCWD, $0) }
    }
    _ = linux_enforce(rules)
}

/// Allows what is in `folder`, going around the protected folders; each is what is left of its path from here.
private func allowAll(in folder: FilePath, except protected: [ArraySlice<FilePath>], _ rules: CInt) {
    guard let opened = try? Folder(opening: folder) else { return }
    let steps = Set(protected.compactMap(\.first))
    let names = steps.map { name in name.withPlatformString { strdup($0) } }
    defer { for name in names { free(name) } }
    linux_allow_writing_beside(rules, opened.descriptor, names.map { UnsafePointer($0) }, CInt(names.count))
    for step in steps {
        let beyond = protected.filter { $0.first == step }.map { $0.dropFirst() }
        // One that ends here is protected with all that is in it.
        if beyond.contains(where: \.isEmpty) { continue }
        allowAll(in: folder.pushing(step), except: beyond, rules)
    }
}
