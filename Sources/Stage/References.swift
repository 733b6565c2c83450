internal import Files
internal import Git
internal import GitIndex
internal import SystemPackage

/// The references of a repository, as its files have them.
struct References {
    /// Lines of `packed-refs` by name: the object and, if it is known, the target of a tag.
    private var packed: [[UInt8]: (object: [UInt8], peeled: [UInt8]?)] = [:]
    /// Symbolic references by name.
    private var symbolic: [[UInt8]: [UInt8]] = [:]
    /// The file, if no loose reference overrides it.
    private var whole: [UInt8]?

    /// - Parameters:
    ///   - common: the git directory that all worktrees share.
    ///   - own: that of this worktree, with a few references of its own.
    init(_ common: FilePath, _ own: FilePath) {
        var loose: [[UInt8]: [UInt8]] = [:]
        for place in Set([common, own]) {
            if let refs = try? Folder(opening: place.appending("refs")) {
                Self.read(refs, Array("refs".utf8), &loose)
            }
        }
        let file = (try? contents(of: common.appending("packed-refs"))) ?? nil
        let lead = Array("ref: ".utf8)
        for (name, content) in loose where content.starts(with: lead) {
            let target = content.dropFirst(lead.count)
            symbolic[name] = Array(target.drop { $0 == UInt8(ascii: " ") })
            loose[name] = nil
        }
        if loose.isEmpty {
            whole = file ?? []
            return
        }
        if let file { readPacked(file) }
        for (name, object) in loose { packed[name] = (object, nil) }
    }

    /// Writes them into a git directory.
    func write(in folder: borrowing Folder) throws {
        try folder.create("packed-refs", content: whole ?? text, permissions: 0o600)
        for (name, target) in symbolic {
            let path = FilePath(bytes: name)
            let parent = try folder.folder(path.removingLastComponent(), create: true)
            try parent.create(
                path.name, content: Array("ref: ".utf8) + target + [10], permissions: 0o600)
        }
    }

    /// Without the promise that the targets of all tags are known: those of loose tags are not.
    private var text: [UInt8] {
        var text = Array("# pack-refs with: sorted \n".utf8)
        let names = packed.keys.sorted { $0.lexicographicallyPrecedes($1) }
        for name in names {
            guard let (object, peeled) = packed[name] else { continue }
            text += object + [UInt8(ascii: " ")] + name + [10]
            if let peeled { text += [UInt8(ascii: "^")] + peeled + [10] }
        }
        return text
    }

    private mutating func readPacked(_ file: [UInt8]) {
        var last: [UInt8]?
        for line in file.split(separator: 10) {
            if line.first == UInt8(ascii: "#") { continue }
            if line.first == UInt8(ascii: "^") {
                if let last { packed[last]?.peeled = Array(line.dropFirst()) }
                continue
            }
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 1)
            guard words.count == 2 else { continue }
            packed[Array(words[1])] = (Array(words[0]), nil)
            last = Array(words[1])
        }
    }

    /// The files of loose references; other files are ignored, as git does.
    private static func read(
        _ folder: borrowing Folder, _ name: [UInt8], _ found: inout [[UInt8]: [UInt8]]
    ) {
        for each in (try? folder.names()) ?? [] {
            let path = name + [UInt8(ascii: "/")] + each.bytes
            if let inner = try? folder.folder(each) {
                read(inner, path, &found)
            } else if !each.string.hasSuffix(".lock"), let file = try? folder.read(each) {
                let line = Array(file.content.prefix { $0 != 10 })
                let isSymbolic = line.starts(with: "ref:".utf8)
                if isSymbolic || ObjectID(hex: String(decoding: line, as: UTF8.self)) != nil {
                    found[path] = line
                }
            }
        }
    }
}
