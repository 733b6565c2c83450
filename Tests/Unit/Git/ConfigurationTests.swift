import Foundation
import Git
import Installation
import SystemPackage
import TestSupport
import Testing

/// A repository whose configuration includes files under random conditions, in files that include
/// others.
private struct RandomConfiguration {
    private var generator: SeededGenerator
    private let scratch: Scratch
    private let isWorktree: Bool
    private var count = 0

    init(seed: UInt64, _ scratch: Scratch) throws {
        generator = SeededGenerator(seed: seed)
        self.scratch = scratch
        let branch = ["main", "feature/x", "rel"][Int(seed % 3)]
        isWorktree = seed % 4 == 0
        try scratch.shell(
            """
            mkdir -p Work/in; git init -q -b \(branch) Work/in/Repo; cd Work/in/Repo; ln -s ../../Work ../../link
            git commit -q --allow-empty -m base; git worktree add -q -b wt/b ../../wt
            """)
        if let url = pick([nil, "https://example.org/x/y.git", "git@github.com:me/r.git"]) {
            try scratch.shell("git -C Work/in/Repo config remote.origin.url \(url)")
        }
        let text = try content(in: "Work/in/Repo/.git", depth: 0)
        let own = scratch.read("Work/in/Repo/.git/config") ?? []
        try scratch.write("Work/in/Repo/.git/config", own + Array(text.utf8))
    }

    /// The folder from which the repository is looked for.
    var folder: String { isWorktree ? "Work/wt" : "Work/in/Repo" }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &generator)]
    }

    private mutating func condition() -> String? {
        let top = scratch.url.path + "/Work"
        let byPath =
            [
                "/", "/**", "/in/Repo", "/in/Repo/", "/in/Repo/.git", "/in/Repo/.git/", "/*/",
                "/*/Repo/**", "/in/R?po/", "/in/[R]epo/", "/wt/", "/in/Repo/.git/worktrees/wt",
            ].map { top + $0 }
            + [
                "Repo/", "Repo", "in/", "./", "./**", "./../", "**", "", "*", ".git", "worktrees/",
                "/**", "%(prefix)/", top.uppercased() + "/", scratch.url.path + "/link/in/",
            ]
        let byBranch = [
            "main", "feature/", "feature/*", "*", "**", "r?l", "wt/", "wt/b", "MAIN", "",
        ]
        let byURL = ["https://example.org/**", "**", "git@*:me/**", "*", "https://*"]
        return switch pick([0, 1, 2, 3, 4, 4, 5]) {
        case 0: nil
        case 1: "gitdir:" + pick(byPath)
        case 2: "gitdir/i:" + pick(byPath)
        case 3: "onbranch:" + pick(byBranch)
        case 4: "hasconfig:remote.*.url:" + pick(byURL)
        default: pick(["foo:bar", "gitdir", "hasconfig:x"])
        }
    }

    private mutating func content(in folder: String, depth: Int) throws -> String {
        var text = ""
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            if depth < 3, Int.random(in: 0..<9, using: &generator) < 4 {
                count += 1
                let name = "inc\(count)"
                let above = folder.split(separator: "/").dropLast().joined(separator: "/")
                let (place, spelling) = pick([
                    ("\(folder)/\(name)", name), ("\(above)/\(name)", "../\(name)"),
                    ("files/\(name)", "\(scratch.url.path)/files/\(name)"),
                    ("files/\(name)", "nowhere/\(name)"),
                ])
                let parent = place.split(separator: "/").dropLast().joined(separator: "/")
                let inner = try content(in: parent, depth: depth + 1)
                try scratch.write(place, Array(inner.utf8))
                let section = condition().map { "[includeIf \"\($0)\"]" } ?? "[include]"
                text += "\(section)\n\tpath = \(spelling)\n"
            } else {
                let section = pick(["core", "Foo", #"a "B.c""#, #"x "y z""#])
                let key = pick(["hooksPath", "attributesFile", "Key"])
                let value = pick([
                    " = v1", #" = "a ; b" c"#, #" = a\tb  ; comment"#, " = \"x\\\"y\"", " = ../up",
                    " = /abs//place/", #" = "a\\b""#, " = a \\\n  b", " = ~/h", " = 'quoted'",
                ])
                text += "[\(section)]\n\t\(key)\(value)\n"
            }
        }
        return text
    }
}

@Test func everySettingIsWhatGitSays() throws {
    let names = ["core.hooksPath", "core.attributesFile", "foo.key", "a.B.c.key", "x.y z.key"]
    var answered = 0
    for seed in 0..<(Tested.isLong ? 3000 : 220) {
        let scratch = try Scratch()
        let made = try RandomConfiguration(seed: UInt64(seed), scratch)
        let repository = try Repository(at: FilePath(scratch.url.path + "/" + made.folder))
        for name in names {
            let said = try scratch.run(["git", "config", "-z", "--get", name], in: made.folder)
            let expected = said.status == 0 ? String(said.text.dropLast()) : nil
            answered += expected == nil ? 0 : 1
            #expect(repository.configuration(name) == expected, "\(name), seed \(seed)")
        }
        let place = try repository.hooksPlace()
        let said = try scratch.run(["git", "rev-parse", "--git-path", "hooks"], in: made.folder)
        let path = FilePath(String(said.text.dropLast()))
        let top = FilePath(scratch.url.path + "/" + made.folder)
        // `~` is another folder for the oracle.
        guard place.setting?.value != "~/h" else { continue }
        #expect(place.path == top.pushing(path).lexicallyNormalized(), "seed \(seed)")
    }
    #expect(answered > 150)
}
