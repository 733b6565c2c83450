internal import Files
internal import Glibc
package import SystemPackage

/// Identifies one version of a program.
package enum Fingerprint {
    /// The running program, identified by its file like any other: many builds have the same
    /// version, and their results may differ.
    package static let own = file(at: "/proc/self/exe").map { "hooks \($0)" }

    /// nil if nothing identifies it, as for a script that starts something else.
    ///
    /// A program of a Python environment is identified by the packages installed there, a native
    /// one by its file, also through a link.
    package static func of(_ program: FilePath) -> [String]? {
        if program == "/proc/self/exe" { return own.map { [$0] } }
        guard let folder = try? Folder(opening: program.removingLastComponent()),
            let status = try? folder.status(program.name)
        else { return nil }
        var lines = ["\(program.string) \(words(status))"]
        let library = program.removingLastComponent().removingLastComponent().appending("lib")
        let packages = installed(in: library)
        let head = start(of: program, count: 256)
        let isNative = head.starts(with: [0x7F, 0x45, 0x4C, 0x46])
        guard !packages.isEmpty || isNative else { return nil }
        if let interpreter = interpreter(in: head) { lines.append(interpreter) }
        if status.kind == .symbolicLink, isNative {
            guard let target = file(at: program) else { return nil }
            lines.append("-> \(target)")
        }
        return lines + packages
    }

    /// The interpreter of a script, and its file after all links; nil without one.
    private static func interpreter(in head: [UInt8]) -> String? {
        guard head.starts(with: "#!".utf8) else { return nil }
        let line = head.dropFirst(2).prefix { $0 != UInt8(ascii: "\n") }
        let path = FilePath(bytes: line.drop { $0 == 0x20 }.prefix { $0 != 0x20 })
        return file(at: path).map { "\(path.string) \($0)" }
    }

    /// The file that a path leads to, through links too.
    private static func file(at path: FilePath) -> String? {
        var target = stat()
        guard path.withPlatformString({ stat($0, &target) }) == 0 else { return nil }
        return words(FileStatus(target))
    }

    private static func words(_ file: FileStatus) -> String {
        let time = file.modified
        return "\(file.inode) \(file.size) \(time.seconds).\(time.nanoseconds)"
    }

    /// The names of the packages in a `lib` folder, with their versions.
    private static func installed(in library: FilePath) -> [String] {
        var packages: [String] = []
        for python in (try? Folder(opening: library).names()) ?? []
        where python.string.hasPrefix("python") {
            for place in ["site-packages", "dist-packages"] {
                let folder = library.pushing(python).appending(place)
                packages += ((try? Folder(opening: folder).names()) ?? []).map(\.string).filter {
                    $0.hasSuffix("-info") || $0.hasSuffix(".pth") || $0.hasSuffix(".egg-link")
                }
            }
        }
        return packages
    }

    /// The first bytes of a file, through links; none if it cannot be read.
    static func start(of file: FilePath, count: Int) -> [UInt8] {
        guard let descriptor = try? FileDescriptor.open(file, .readOnly) else { return [] }
        defer { try? descriptor.close() }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = (try? descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))) ?? 0
        }
    }
}
