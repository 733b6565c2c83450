internal import Glibc
package import SystemPackage

extension FilePath {
    /// The path's bytes without the terminating NUL.
    package var bytes: [UInt8] {
        withPlatformString { start in
            Array(UnsafeRawBufferPointer(start: start, count: length))
        }
    }

    /// A path from its bytes, up to the first NUL.
    package init(bytes: some Collection<UInt8>) {
        let terminated = bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
        self = terminated.withUnsafeBufferPointer { start in
            start.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    /// Whether both paths have the same folder, told by their bytes alone.
    package func isBeside(_ other: FilePath) -> Bool {
        withPlatformString { own in
            other.withPlatformString { others in
                let slash = CInt(UInt8(ascii: "/"))
                let end = strrchr(own, slash).map { UnsafePointer($0) - own }
                let otherEnd = strrchr(others, slash).map { UnsafePointer($0) - others }
                return end == otherEnd && memcmp(own, others, end ?? 0) == 0
            }
        }
    }

    /// The last component as a path.
    package var name: FilePath {
        lastComponent?.withPlatformString { FilePath(platformString: $0) } ?? self
    }

    /// The folders above any of these paths, the top among them.
    package static func foldersAbove(_ paths: some Sequence<FilePath>) -> Set<FilePath> {
        var folders: Set<FilePath> = []
        var last: FilePath?
        for path in paths where last?.isBeside(path) != true {
            folders.formUnion(path.foldersAbove)
            last = path
        }
        return folders
    }

    /// The folders above a path, the top among them.
    package var foldersAbove: [FilePath] {
        var folders: [FilePath] = []
        var folder = self
        while folder.removeLastComponent() { folders.append(folder) }
        return folders.isEmpty ? [""] : folders
    }
}
