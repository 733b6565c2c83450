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

    @Option(help: ArgumentHelp("The Python that the tools are installed for.", valueName: "path"))
    var python: String?

    /// The Python that was named.
    func interpreter(_ context: Context) -> FilePath? {
        python.map { context.folder.pushing(FilePath($0)) }
    }

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
