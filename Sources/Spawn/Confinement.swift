internal import CLinux
internal import Files
internal import Glibc
internal import SystemPackage

/// Prevents this process, and everything that it starts, from writing to the protected folders.
///
/// They become read-only in a separate mount namespace. If the user may not create one,
/// `strictly` decides: Landlock has only rules that allow, so its rules allow everything beside
/// the path from the root to each protected folder, and a new name directly in one of the folders
/// on that path is refused too. That is right for a program that certainly writes, and too strict
/// for others. On a kernel with neither this does nothing.
///
/// - Returns: whether this process has its own view of the file system now.
func confine(
    protecting protected: [FilePath], exceptFor writable: [FilePath], strictly: Bool
) -> Bool {
    guard !protected.isEmpty else { return false }
    // A folder within another is protected with it, and a mount over it would hide it from what
    // follows.
    let outermost = protected.filter { path in
        !protected.contains { $0 != path && path.starts(with: $0) }
    }
    let isProtected = withPaths(Array(Set(outermost))) { protected in
        withPaths(writable) { writable in
            linux_protect(protected, CInt(protected.count), writable, CInt(writable.count)) == 0
        }
    }
    if !isProtected, strictly { confineWithLandlock(protecting: outermost, exceptFor: writable) }
    return isProtected
}

/// Calls `body` with the paths as C strings.
private func withPaths<Result>(
    _ paths: [FilePath], _ body: ([UnsafePointer<CChar>?]) -> Result
) -> Result {
    withCStrings(paths.map(\.bytes)) { body($0.dropLast().map { UnsafePointer($0) }) }
}

private func confineWithLandlock(protecting protected: [FilePath], exceptFor writable: [FilePath]) {
    let rules = linux_write_rules()
    guard rules >= 0 else { return }
    defer { close(rules) }
    allowAll(
        in: "/", except: protected.map { $0.components.map { FilePath(root: nil, [$0]) }[...] },
        rules)
    for folder in writable {
        folder.withPlatformString { linux_allow_writing(rules, AT_FDCWD, $0) }
    }
    _ = linux_enforce(rules)
}

/// Allows everything in `folder` except the protected folders; each is given as the rest of its
/// path from here.
private func allowAll(in folder: FilePath, except protected: [ArraySlice<FilePath>], _ rules: CInt)
{
    guard let opened = try? Folder(opening: folder) else { return }
    let steps = Set(protected.compactMap(\.first))
    withPaths(Array(steps)) {
        linux_allow_writing_beside(rules, opened.descriptor, $0, CInt($0.count))
    }
    for step in steps {
        let beyond = protected.filter { $0.first == step }.map { $0.dropFirst() }
        // A path that ends here is protected with everything in it.
        if beyond.contains(where: \.isEmpty) { continue }
        allowAll(in: folder.pushing(step), except: beyond, rules)
    }
}
