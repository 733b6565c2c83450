import Git
let r = try Repository(at: ".")
print(r.worktree, r.gitDirectory, r.indexPath, try r.head(), try r.stagedChanges(against: r.head().commit).count)
print(String(decoding: try unifiedDiff(at: "a/b", from: Array("a\nb\n".utf8), to: Array("a\nc\n".utf8)), as: UTF8.self))
print(try merged(base: Array("a\nb\nc\nd\ne\n".utf8), ours: Array("a\nb\nc\nd\ne\nf\n".utf8), theirs: Array("A\nb\nc\nd\ne\n".utf8)).map { String(decoding: $0, as: UTF8.self) } ?? "conflict")
