internal import Files
internal import SystemPackage

extension Folder {
    /// Opens a folder of the user's state in a git directory; a link that somebody put in its place
    /// is not followed.
    ///
    /// - Parameter create: makes it, for the user alone, when it is missing.
    init(ofState place: FilePath, create: Bool = false) throws(FileError) {
        self = try Folder(opening: place.removingLastComponent())
            .folder(place.name, create: create, mode: 0o700)
    }
}
