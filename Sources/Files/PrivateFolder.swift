package import SystemPackage

extension Folder {
    /// Opens a folder that is the user's alone; a link that somebody put in its place is not
    /// followed.
    ///
    /// - Parameter create: makes it, for the user alone, when it is missing.
    package init(private place: FilePath, create: Bool = false) throws(FileError) {
        let parent = place.removingLastComponent()
        self = try (create ? Folder(making: parent, mode: 0o700) : Folder(opening: parent))
            .folder(place.name, create: create, mode: 0o700)
    }
}
