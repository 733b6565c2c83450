internal import Files
internal import Git
internal import Glibc
internal import Planning
internal import Staging
internal import SystemPackage

/// The encoding in which git takes messages: `i18n.commitEncoding`, UTF-8 unless set.
struct MessageEncoding {
    private let repository: Repository
    private let context: Context

    init(_ repository: Repository, _ context: Context) {
        self.repository = repository
        self.context = context
    }

    /// The same text in UTF-8, as `git log` would show it. Git converts, because it knows the
    /// encodings; the commit that it needs is written to a temporary folder.
    func utf8(_ text: [UInt8]) throws -> [UInt8] {
        guard let name = repository.configuration("i18n.commitEncoding"),
            !["utf-8", "utf8", ""].contains(name.lowercased()), text.contains(where: { $0 > 0x7F })
        else { return text }
        let place = context.caches.appending("messages")
        let folder = try Folder(making: place, mode: 0o700)
        let objects = FilePath("objects-\(getpid())")
        try folder.removeTree(objects)
        _ = try folder.folder(objects, create: true, mode: 0o700)
        defer { try? folder.removeTree(objects) }
        let git = GitProgram(repository, environment: context.environment)
            .with(["GIT_OBJECT_DIRECTORY": place.pushing(objects).string])
        let person = "hooks <hooks> 0 +0000"
        let head =
            "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor \(person)\ncommitter \(person)\n"
            + "encoding \(name)\n\n"
        let commit = try git.run(
            ["hash-object", "-w", "-t", "commit", "--stdin"], input: Array(head.utf8) + text,
            "read the message as \(name)")
        let id = String(decoding: commit.dropLast(), as: UTF8.self)
        return try git.run(
            ["-c", "log.showSignature=false", "log", "-1", "--encoding=UTF-8", "--format=%B", id],
            "read the message as \(name)")
    }
}
