import FileTypes
import Foundation
import TestSupport
import Testing

/// File types beside those of `identify`, on names and first lines of every kind.
struct FileTypeTests {
    /// A file as it is made: name, content, executable or not.
    private struct Made {
        var name: String
        var content: [UInt8]
        var isExecutable: Bool
    }

    @Test func typesAreThoseOfIdentify() throws {
        let scratch = try Scratch()
        let tools = try Tested.tools().path
        let files = try Self.corpus(tools)
        for (number, file) in files.enumerated() {
            try scratch.write("tree/\(number)/\(file.name)", file.content)
        }
        let executable = files.indices.filter { files[$0].isExecutable }
        let names = executable.map { "'tree/\($0)/\(files[$0].name)'" }.joined(separator: "\n")
        try scratch.write("names", Array(names.utf8))
        try scratch.shell("xargs chmod +x <names")

        let paths = files.indices.map { "tree/\($0)/\(files[$0].name)" }
        let driver = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "identify_all.py").path
        let ended = try scratch.run(
            ["\(tools)/python", driver], input: Array(paths.joined(separator: "\0").utf8))
        let lines = ended.text.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(ended.status == 0 && lines.count == files.count + 2)

        // What is no file at all has no content to be told by.
        let theirs = Set(lines[0].split(separator: " ").map(String.init)).subtracting(["socket"])
        #expect(Set(FileTypes.all) == theirs)

        var types = FileTypes()
        for (number, file) in files.enumerated() {
            let own = types.ofFile(Array(paths[number].utf8), isExecutable: file.isExecutable) {
                file.content
            }
            let shown = String(decoding: file.content.prefix(60), as: UTF8.self).debugDescription
            #expect(
                own.sorted().joined(separator: " ") == lines[number + 1],
                "\(file.name) \(shown) \(file.isExecutable)")
        }
    }

    /// Every name and ending that identify knows, in several spellings; every kind of first line.
    private static func corpus(_ tools: String) throws -> [Made] {
        let script =
            "from identify import extensions as e\n"
            + "print(*sorted({*e.EXTENSIONS, *e.EXTENSIONS_NEED_BINARY_CHECK}))\nprint(*sorted(e.NAMES))"
        let lines = try Scratch().run(["\(tools)/python", "-c", script]).text.split(separator: "\n")
        try #require(lines.count == 2)
        var names: [String] = []
        for ending in lines[0].split(separator: " ").map(String.init) {
            names += ["a.\(ending)", ".\(ending)", "a.b.\(ending)", "A.\(ending.uppercased())"]
        }
        for name in lines[1].split(separator: " ").map(String.init) {
            names += [name, name + ".x", "x.\(name)", name + ".py", name.lowercased(), "x" + name]
        }
        names += [
            "a", "a.", "..a", "...a.py", "a..py", "é.py", "a b.c", ".a.b", "a.unknown", "-x.py",
        ]
        let text = Array("text\n".utf8)
        var files = names.map { Made(name: $0, content: text, isExecutable: false) }
        for (content, name) in zip(contents + contents, ["a", "Makefile"].cycled(contents.count)) {
            for isExecutable in [true, false] {
                files.append(Made(name: name, content: content, isExecutable: isExecutable))
            }
        }
        return files
    }

    private static let contents: [[UInt8]] =
        [
            "", "#!", "#!\n", "#!/bin/sh\n", "#! /bin/sh\n", "#!/bin/sh -e\n",
            "#!/usr/bin/env bash\n",
            "#!/usr/bin/env -S python3 -u\n", "#!/usr/bin/env -i python3\n", "#!/usr/bin/env\n",
            "#!/usr/bin/env -S\n", "#!/usr/bin/python3.11\n", "#!/usr/bin/python3.11.2\n",
            "#!python2\n", "#!/usr/bin/pypy3\n", "#!/usr/bin/env A=b python\n", "#!/bin/dash\r\n",
            "#!\"/usr/bin/python3\"\n", "#!'/usr/bin/env' node\n", "#!/a\\ b/perl\n",
            "#!/bin/'sh\n",
            "#!/bin/sh 'x\n", "#!/bin/\"sh\" \"a\\b\\\"c\"\n", "#!/bin/sh\\", "#!/bin/é\n",
            "#!/bin/sh\u{1}\n", "#!/usr/bin/env nix-shell\n#!nix-shell -i bash -p git\n",
            "#!/usr/bin/env nix-shell\n#! nix-shell -p x\n#! nix-shell -i 'python3'\n",
            "#!nix-shell\n",
            "#!/usr/bin/env nix-shell\n\n#!nix-shell -i bash\n",
            "#!/usr/bin/nix-shell\n#!x -i sh\n",
            "#!/usr/bin/env nix-shell\n#!nix-shell -i é\n",
            "#!/usr/bin/env nix-shell\n#!nix-shell -i\n",
            "##!/bin/sh\n", " #!/bin/sh\n", "#!/usr/bin/unknown\n", "#!/bin/bash/\n",
            "#!/usr/bin/php8\n",
            "\u{FEFF}text\n", "é\n", "\u{1B}[0m\n", "\u{7}\u{8}\u{C}\u{B}\n", "\u{E}\n", "\u{7F}\n",
            String(repeating: "a", count: 1023) + "\u{0}",
            String(repeating: "a", count: 1024) + "\u{0}",
        ].map { Array($0.utf8) } + [[0xFF, 0xFE], [0x23, 0x21, 0xFF, 0x0A], [0x00]]
}

extension [String] {
    /// Each of them so many times in a row.
    fileprivate func cycled(_ count: Int) -> [String] {
        flatMap { Array(repeating: $0, count: count) }
    }
}
