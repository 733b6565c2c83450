import Files
import Foundation
import Glibc
import SystemPackage
import TestSupport

@testable import Git
@testable import GitIndex

extension Door {
    /// The index as it lies on the disk, which is read and rewritten without libgit2.
    static let index = Door(
        "index files", bytes: soundIndexes(),
        words: [
            "TREE", "UNTR", "link", "\u{FF}\u{FF}\u{FF}\u{FF}", "\0\0\0\0", "DIRC", "../", ".git/",
            "\u{80}", "-1 0\n", "1 99999999999999999999\n",
        ],
        sources: [
            "Sources/GitIndex/IndexReader.swift", "Sources/GitIndex/IndexMap.swift",
            "Sources/GitIndex/IndexRewrite.swift", "Sources/GitIndex/CachedTree.swift",
            "Sources/Git/MappedFile.swift",
        ]
    ) { bytes in
        guard let folder else { return "there is no place for a file" }
        let path = folder.url.path + "/index"
        // Another one each time: the last one may be mapped still.
        unlink(path)
        guard let file = fopen(path, "wx") else { return "there is no place for a file" }
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count else { return "the file is not written" }
        return look(at: FilePath(path))
    }

    /// One for all that is tried, one at a time.
    private nonisolated(unsafe) static let folder = try? Scratch()

    private static func look(at path: FilePath) -> String? {
        guard let map = try? IndexMap(path) else { return nil }
        let entries = map.places.indices.compactMap { position -> Entry? in
            _ = (map.stage(position), map.size(position), map.rawMode(position))
            // With a NUL or two slashes in it, it is no path; nothing is found by it.
            let entry = map.entry(position)
            return entry?.path.length == Int(map.places[position].length) ? entry : nil
        }
        if entries.contains(where: { map.entry(at: $0.path) == nil }), isSorted(map) {
            return "an entry is not found by its name"
        }
        let replacements = entries.prefix(3).map {
            BlobReplacement(
                entry: $0, blob: ObjectID(bytes: Array(repeating: 1, count: 20)), stat: nil)
        }
        _ = try? IndexRewrite(replacements, ofIndexAt: path, writtenAt: 0)
        return nil
    }

    private static func isSorted(_ map: IndexMap) -> Bool {
        zip(map.places.indices, map.places.indices.dropFirst()).allSatisfy {
            map.path($0).bytes.lexicographicallyPrecedes(map.path($1).bytes)
        }
    }

    /// Indexes of versions 2 and 4 with conflicts, announced files and cached trees, made by git.
    private static func soundIndexes() -> [[UInt8]] {
        guard let scratch = try? Scratch() else { return [] }
        _ = try? scratch.shell(
            """
            git init -q -b a work && cd work && mkdir -p b/c && echo 1 >a.txt && echo 2 >b/c/d.txt
            git add -A && git commit -q -m one && git switch -q -c x && echo 3 >a.txt
            git commit -q -a -m two && git switch -q a && echo 4 >a.txt && git commit -q -a -m three
            cp .git/index ../plain; echo new >new && git add -N new && git merge -q x || :
            cp .git/index ../conflict; git reset -q --hard && git update-index --index-version 4
            cp .git/index ../packed
            """)
        return ["plain", "conflict", "packed"].compactMap { scratch.read($0) }
    }
}
