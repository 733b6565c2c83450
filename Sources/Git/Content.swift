internal import CGit2
package import GitIndex
package import SystemPackage

extension Repository {
    /// The bytes of a blob.
    package func content(of blob: ObjectID) throws(GitError) -> [UInt8] {
        var raw = blob.raw
        let object = try unsafe Handle(
            "read blob \(blob.hex)", free: { unsafe git_blob_free($0) },
            make: { unsafe git_blob_lookup($0, handle.pointer, &raw) })
        let size = unsafe Int(git_blob_rawsize(object.pointer))
        guard let start = unsafe git_blob_rawcontent(object.pointer) else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: size))
    }

    /// The size of a blob in bytes, from its header alone.
    package func size(of blob: ObjectID) throws(GitError) -> Int {
        let store = try unsafe Handle(
            "open the object store", free: { unsafe git_odb_free($0) },
            make: { unsafe git_repository_odb($0, handle.pointer) })
        var size = 0
        var kind = GIT_OBJECT_ANY
        var raw = blob.raw
        try check(
            unsafe git_odb_read_header(&size, &kind, store.pointer, &raw), "read blob \(blob.hex)")
        return size
    }

    /// Writes a blob and returns its name.
    package func store(_ content: [UInt8]) throws(GitError) -> ObjectID {
        var raw = git_oid()
        let code = unsafe content.withUnsafeBytes { bytes in
            unsafe git_blob_create_from_buffer(&raw, handle.pointer, bytes.baseAddress, bytes.count)
        }
        try check(code, "write a blob")
        return ObjectID(raw)
    }

    /// Writes a blob to another object store and returns its name.
    package func store(_ content: [UInt8], in store: ObjectStore) throws(GitError) -> ObjectID {
        try store.add(content)
    }

    /// The name that `content` would have as a blob; nothing is written.
    package func name(of content: [UInt8]) throws(GitError) -> ObjectID {
        var raw = git_oid()
        let code = unsafe content.withUnsafeBytes { bytes in
            unsafe git_odb_hash(&raw, bytes.baseAddress, bytes.count, GIT_OBJECT_BLOB)
        }
        try check(code, "hash a blob")
        return ObjectID(raw)
    }

    /// A blob's content as a checkout would write it, with the filters that libgit2 has: line
    /// endings and `ident`.
    ///
    /// Drivers of the `filter` attribute, and `working-tree-encoding`, are not supported:
    /// see `needsGit`.
    package func workingContent(of blob: ObjectID, at path: FilePath) throws(GitError) -> [UInt8] {
        guard let list = try unsafe filters(of: path, GIT_FILTER_TO_WORKTREE) else {
            return try content(of: blob)
        }
        defer { unsafe git_filter_list_free(list) }
        var raw = blob.raw
        // From the blob itself, because `ident` writes its name into the content.
        let object = try unsafe Handle(
            "read blob \(blob.hex)", free: { unsafe git_blob_free($0) },
            make: { unsafe git_blob_lookup($0, handle.pointer, &raw) })
        var buffer = unsafe git_buf()
        try check(
            unsafe git_filter_list_apply_to_blob(&buffer, list, object.pointer),
            "apply the filters")
        return unsafe takeBytes(&buffer)
    }

    /// A working file's content as `add` would store it, with the same filters.
    package func cleaned(_ content: [UInt8], at path: FilePath) throws(GitError) -> [UInt8] {
        guard let list = try unsafe filters(of: path, GIT_FILTER_TO_ODB) else { return content }
        defer { unsafe git_filter_list_free(list) }
        var buffer = unsafe git_buf()
        let applied = unsafe content.withUnsafeBytes { bytes in
            unsafe git_filter_list_apply_to_buffer(
                &buffer, list, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        try check(applied, "apply the filters")
        return unsafe takeBytes(&buffer)
    }

    /// The filters of a path's attributes; nil if its content is stored as it is. The caller frees
    /// them.
    private func filters(
        of path: FilePath, _ mode: git_filter_mode_t
    ) throws(GitError) -> OpaquePointer? {
        try indexOfLibrary()
        var list: OpaquePointer?
        let code = unsafe path.withPlatformString { name in
            unsafe git_filter_list_load(
                &list, handle.pointer, nil, name, mode, GIT_FILTER_ALLOW_UNSAFE.rawValue)
        }
        try check(code, "read the attributes")
        return unsafe list
    }

    /// Whether only the `git` program can convert this path's content: a filter driver or an
    /// encoding is set.
    package func needsGit(_ path: FilePath) -> Bool {
        if let driver = attribute("filter", of: path),
            configuration("filter.\(driver).clean") != nil
                || configuration("filter.\(driver).smudge") != nil
                || configuration("filter.\(driver).process") != nil
        {
            return true
        }
        return attribute("working-tree-encoding", of: path) != nil
    }

    /// The value of a path's attribute; nil if it is unspecified, set or unset without a value.
    private func attribute(_ name: String, of path: FilePath) -> String? {
        guard (try? indexOfLibrary()) != nil else { return nil }
        var value: UnsafePointer<CChar>?
        let code = unsafe path.withPlatformString { path in
            unsafe git_attr_get(&value, handle.pointer, 0, path, name)
        }
        guard code == 0, unsafe git_attr_value(value) == GIT_ATTR_VALUE_STRING else { return nil }
        return unsafe value.map { unsafe String(cString: $0) }
    }

    /// Whether `.gitignore` and similar files cover the path.
    package func isIgnored(_ path: FilePath) -> Bool {
        var ignored: Int32 = 0
        let code = unsafe path.withPlatformString {
            unsafe git_ignore_path_is_ignored(&ignored, handle.pointer, $0)
        }
        return code == 0 && ignored != 0
    }
}

/// A folder of objects beside those of a repository.
package final class ObjectStore {
    private let handle: Handle

    /// - Parameter folder: a folder such as `.git/objects`.
    package init(_ folder: FilePath) throws(GitError) {
        _ = Library.started
        handle = try unsafe Handle(
            "open the object store", free: { unsafe git_odb_free($0) },
            make: { out in
                unsafe folder.withPlatformString { unsafe git_odb_open(out, $0) }
            })
    }

    /// Writes a blob and returns its name.
    func add(_ content: [UInt8]) throws(GitError) -> ObjectID {
        var raw = git_oid()
        let code = unsafe content.withUnsafeBytes { bytes in
            unsafe git_odb_write(
                &raw, handle.pointer, bytes.baseAddress, bytes.count, GIT_OBJECT_BLOB)
        }
        try check(code, "write a blob")
        return ObjectID(raw)
    }
}
