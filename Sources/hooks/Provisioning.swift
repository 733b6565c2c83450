import ArgumentParser
import Files
internal import Planning
internal import Programs
import Reporting
import SystemPackage
import Tools

/// Where pinned tools come from.
struct Provisioning: ParsableArguments {
    @Flag(help: "Download nothing; use packages from the cache of uv.")
    var offline = false

    @Option(
        help: ArgumentHelp("Download nothing; use packages from this folder.", valueName: "dir"))
    var wheels: String?

    /// The source that the options choose.
    func source(_ context: Context) throws -> Installer.Source {
        guard let wheels else { return offline ? .cache : .registry }
        let folder = context.folder.pushing(FilePath(wheels))
        guard (try? Folder(opening: folder)) != nil else {
            throw Failure(
                message: "the folder \(safeName(folder)) does not exist", exitStatus: .usage)
        }
        return .wheels(folder)
    }
}
