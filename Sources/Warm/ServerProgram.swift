/// The Python program that every server runs; its files follow each other as one text.
enum ServerProgram {
    static let text: [UInt8] = [
        PackageResources.interpreter_py, PackageResources.server_py,
        PackageResources.processes_py, PackageResources.leader_py, PackageResources.tool_py,
    ].flatMap { $0 }

    /// Identifies the program of one release.
    static let version = Array(ServerKey.shortName(of: [text]).utf8)
}
