internal import Configuration
internal import Git
internal import GitIndex
package import Staging
package import SystemPackage
internal import Tools

/// Tracked files that are named in a job's arguments, in its command, or in the files that
/// configure it, as in `--config lint/flake8.ini` or `extend = "base.toml"`.
///
/// A job finds them as they are in the snapshot, and its result depends on them.
package struct NamedFiles {
    private let ground: Ground

    package init(_ ground: Ground) { self.ground = ground }

    /// From the top of the project, sorted.
    package func paths(for job: Job) throws -> [FilePath] {
        var found: Set<FilePath> = []
        for name in Self.names(in: job.kind.words + job.arguments) {
            for place in Set([job.folder, ""]) { try add(name, beside: place, to: &found) }
        }
        guard let tool = job.tool else { return found.sorted(by: Self.precedes) }
        for place in Set([job.folder, ""]) {
            for name in Set(tool.configuration.map(\.name)) {
                let path = place.appending(name)
                guard let text = try ground.text(at: path) else {
                    continue
                }
                let names = Self.names(in: [String(decoding: text, as: UTF8.self)])
                for name in names where Self.mayConfigure(name) {
                    try add(name, beside: path.removingLastComponent(), to: &found)
                }
            }
        }
        return found.sorted(by: Self.precedes)
    }

    private func add(
        _ name: String, beside folder: FilePath, to found: inout Set<FilePath>
    ) throws {
        let path = folder.pushing(FilePath(name)).lexicallyNormalized()
        guard path.root == nil, path.components.first?.kind == .regular,
            try ground.tracked(at: path) != nil
        else { return }
        found.insert(path)
    }

    /// All that could be the name of a file: whole words, and their parts between quotes,
    /// spaces and punctuation.
    private static func names(in words: [String]) -> Set<String> {
        var names: Set<String> = []
        for word in words {
            if word.utf8.count < 256 { names.insert(word) }
            let parts = word.utf8.split { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
                    UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "+"), 0x80...:
                    false
                default: true
                }
            }
            for part in parts where part.count < 256 { names.insert(String(part) ?? "") }
        }
        return names.filter { !$0.isEmpty && !$0.utf8.contains(0) && $0.utf8.first != 0x2F }
    }

    /// A configuration also names sources and documents, which are no configuration.
    private static func mayConfigure(_ name: String) -> Bool {
        let last = FilePath(name).lastComponent
        guard let last else { return false }
        if last.string.hasPrefix(".") { return true }
        let endings = ["toml", "cfg", "ini", "conf", "json", "yaml", "yml", "txt", "rc"]
        return last.extension.map(endings.contains) ?? false
    }

    private static func precedes(_ first: FilePath, _ second: FilePath) -> Bool {
        first.string < second.string
    }
}
