package import SystemPackage

extension Folder {
    /// Opens a folder that only the user can write to; a link in its place is not
    /// followed.
    ///
    /// - Parameter create: creates it, for the user only, if it is missing.
    package init(private place: FilePath, create: Bool = false) throws(FileError) {
        let parent = place.removingLastComponent()
        self = try (create ? Folder(making: parent, mode: 0o700) : Folder(opening: parent))
            .folder(place.name, create: create, mode: 0o700)
    }
}
