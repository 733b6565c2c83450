internal import CGit2
package import GitIndex
package import SystemPackage

/// Merges two versions of a file line by line, as `git merge-file` does.
///
/// - Returns: nil if both sides changed the same or neighbouring lines.
package func merged(base: [UInt8], ours: [UInt8], theirs: [UInt8]) throws(GitError) -> [UInt8]? {
    _ = Library.started
    var result = unsafe git_merge_file_result()
    var options = unsafe git_merge_file_options()
    try check(
        unsafe git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION)),
        "merge")
    let code = unsafe base.withUnsafeBytes { base in
        unsafe ours.withUnsafeBytes { ours in
            unsafe theirs.withUnsafeBytes { theirs in
                var inputs = unsafe (mergeInput(base), mergeInput(ours), mergeInput(theirs))
                return unsafe git_merge_file(&result, &inputs.0, &inputs.1, &inputs.2, &options)
            }
        }
    }
    defer { unsafe git_merge_file_result_free(&result) }
    try check(code, "merge a fix with the working file")
    guard unsafe result.automergeable != 0 else { return nil }
    guard let start = unsafe result.ptr else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: start, count: result.len))
}

private func mergeInput(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
    var input = unsafe git_merge_file_input()
    unsafe git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
    unsafe input.ptr = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
    unsafe input.size = bytes.count
    return unsafe input
}

/// A unified diff of one file, with git's header.
package func unifiedDiff(at path: FilePath, from old: [UInt8], to new: [UInt8]) throws(GitError)
    -> [UInt8]
{
    _ = Library.started
    var patch: OpaquePointer?
    let code = unsafe old.withUnsafeBytes { old in
        unsafe new.withUnsafeBytes { new in
            unsafe path.withPlatformString { path in
                unsafe git_patch_from_buffers(
                    &patch, old.baseAddress, old.count, path, new.baseAddress, new.count, path, nil)
            }
        }
    }
    try check(code, "compare two versions of a file")
    guard let patch = unsafe patch else { return [] }
    defer { unsafe git_patch_free(patch) }
    var buffer = unsafe git_buf()
    try check(unsafe git_patch_to_buf(&buffer, patch), "print a diff")
    return unsafe takeBytes(&buffer)
}
