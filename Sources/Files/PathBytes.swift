package import SystemPackage

extension FilePath {
    /// The path's bytes without the terminating NUL.
    package var bytes: [UInt8] {
        withPlatformString { start in
            UnsafeBufferPointer(start: start, count: length).map(UInt8.init(bitPattern:))
        }
    }

    /// A path from its bytes, up to the first NUL.
    package init(bytes: some Collection<UInt8>) {
        let terminated = bytes.prefix { $0 != 0 }.map(CChar.init(bitPattern:)) + [0]
        self = terminated.withUnsafeBufferPointer { start in
            start.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    /// The last component as a path of its own.
    package var name: FilePath {
        lastComponent.map { FilePath(root: nil, [$0]) } ?? self
    }
}
