internal import Files
internal import Git
internal import GitIndex
internal import Planning
internal import Staging
internal import SystemPackage

/// The part of facts that is about a file: its path, its mode, how git converts it, and its
/// content.
struct FileFacts {
    /// The hash of each file's content by position in the snapshot; nil for a working file that git
    /// would convert.
    let blobs: [ObjectID?]
    private let snapshot: Snapshot
    /// By position; nil if a program of the user converts the file.
    private let conversions: [[UInt8]?]

    init(_ snapshot: Snapshot, _ ground: Ground, _ filter: ContentFilter) throws {
        self.snapshot = snapshot
        blobs = ground.blobs(of: snapshot.files, filter)
        let settings = try filter.settings()
        var last: (path: FilePath, attributes: [UInt8])?
        conversions = try snapshot.files.map { file in
            if last?.path.isBeside(file.path) != true {
                let attributes = try ground.attributes(above: file.path)
                last = (file.path, attributes)
            }
            let conversion = settings + (last?.attributes ?? [])
            return !conversion.isEmpty && ground.repository.needsGit(file.path) ? nil : conversion
        }
    }

    /// The names of all files with the contents that they had at the start, by position.
    ///
    /// - Parameter tellingNew: whether it matters that HEAD has no such file.
    func names(tellingNew: Bool) -> [ObjectID?] {
        blobs.enumerated().map { position, blob in
            blob.flatMap { name(of: position, blob: $0, tellingNew: tellingNew) }
        }
    }

    /// The key of a file with some content; nil if not everything about it is known.
    ///
    /// - Parameter tellingNew: whether it matters that HEAD has no such file.
    func name(of position: Int, blob: ObjectID, tellingNew: Bool) -> ObjectID? {
        guard let conversion = conversions[position] else { return nil }
        let file = snapshot.files[position]
        var content: [UInt8] = []
        content.reserveCapacity(file.path.length + 21 + conversion.count)
        file.path.withPlatformString { path in
            content.append(contentsOf: UnsafeRawBufferPointer(start: path, count: file.path.length))
        }
        content.append(0)
        blob.append(to: &content)
        content.append(contentsOf: conversion)
        let isNew = tellingNew && file.isAdded
        return ObjectID(hashOf: content, behind: Self.header(file.entry.mode, isNew))
    }

    private static func header(_ mode: EntryMode, _ isNew: Bool) -> String {
        // The usual ones are not put together each time.
        if mode == .regular { return isNew ? regularNew : regular }
        return "file \(mode.rawValue) \(isNew ? "new" : "")\0"
    }

    private static let regular = "file \(EntryMode.regular.rawValue) \0"
    private static let regularNew = "file \(EntryMode.regular.rawValue) new\0"
}
