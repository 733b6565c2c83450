import TestSupport

/// A repository, an index and a commit that nobody thought of; the same ones for the same seed.
///
/// It is lines of shell, so that one which fails can be kept as a scenario.
struct RandomRepository {
    private var random: SeededGenerator
    /// What the first commit holds, what is staged, and what is done then without staging it.
    private(set) var base: [String] = []
    private(set) var staging: [String] = []
    private(set) var working: [String] = []
    /// How it is committed, with paths for some ways.
    private(set) var commit: [String] = ["plain"]
    /// The file that gets a line while the fixer runs.
    private(set) var late: String?
    /// Files that `--only` and `--include` may name, and those that can be edited meanwhile.
    private var regular: [String] = []
    private(set) var states: [State] = []

    /// What may be about one file.
    enum State: CaseIterable {
        case staged, added, stagedAndDeleted, deleted, deletedAndThereAgain, renamed, announced
        case gone, linkInPlace, folderInPlace, executable, executableUnstaged, skipped, assumed
        case link, wasLink, binary, untracked, ignored, removedFromIndex, empty, crlf, unchanged
        case onlyWorking
    }

    init(seed: Int) {
        random = SeededGenerator(seed: UInt64(seed) &* 7919)
        for number in 0..<(2 + below(6)) {
            let state = State.allCases[below(State.allCases.count)]
            states.append(state)
            let folders = ["", "a folder/", "deep/er/", "-dash/"]
            add(state, "\(folders[below(folders.count)])\(number).txt")
        }
        // Something is always there to be committed and fixed.
        add(.staged, "last.txt")
        choose()
    }

    private mutating func choose() {
        switch below(10) {
        case 0: commit = ["all"]
        case 1, 2: commit = ["only", regular[below(regular.count)]]
        case 3: commit = ["include", regular[below(regular.count)]]
        case 4: commit = ["amend"]
        default: break
        }
        if below(5) == 0, let file = regular.last { late = file }
    }

    private mutating func add(_ state: State, _ path: String) {
        func quoted(_ text: String) -> String { "'./\(text)'" }
        let name = quoted(path)
        let (first, second) = (text("base"), text("staged"))
        func write(_ text: String) -> String { "put \(name) \(text)" }
        switch state {
        case .staged, .onlyWorking, .executableUnstaged, .assumed, .crlf, .unchanged:
            let ending = state == .crlf ? " && crlf \(name)" : ""
            base.append(write(first) + ending)
            if state != .onlyWorking, state != .unchanged { staging.append(write(second) + ending) }
            if state == .onlyWorking || below(2) == 0 && state != .unchanged && state != .crlf {
                working.append(edit(name))
            }
            if state == .executableUnstaged { working.append("chmod +x \(name)") }
            if state == .assumed {
                staging.append("later git update-index --assume-unchanged \(name)")
            } else if state != .unchanged {
                regular.append("./\(path)")
            }
        case .added, .empty, .binary:
            staging.append(
                state == .added
                    ? write(second)
                    : state == .empty ? write("''") : "put \(name) 'bad\\n\\000bad\\n'")
            if below(2) == 0, state == .added { working.append(edit(name)) }
        case .stagedAndDeleted:
            base.append(write(first))
            staging.append(write(second))
            working.append("rm \(name)")
        case .deleted, .deletedAndThereAgain, .removedFromIndex:
            base.append(write(first))
            staging.append(
                state == .removedFromIndex
                    ? "later git rm -q --cached \(name)" : "rm \(name)")
            if state == .deletedAndThereAgain { working.append(write(second)) }
        case .renamed:
            base.append(write(first))
            let new = quoted(path.replacing(".txt", with: " new.txt"))
            staging.append("mv \(name) \(new) && echo bad >>\(new)")
        case .announced:
            working.append(write(second) + " && git add -N \(name)")
        case .gone:
            base.append(write(first))
            working.append("rm \(name)")
        case .linkInPlace, .folderInPlace:
            base.append(write(first))
            staging.append(write(second))
            working.append(
                "rm \(name) && "
                    + (state == .linkInPlace
                        ? "ln -s /etc/passwd \(name)"
                        : "mkdir \(name) && echo bad >\(name)/inner"))
        case .executable:
            base.append(write(first))
            staging.append("chmod +x \(name)")
        case .skipped:
            base.append(write(first))
            staging.append(
                "later git update-index --skip-worktree \(name); later rm \(name)")
        case .link, .wasLink:
            let link = "place \(name) && ln -sfn 'bad target' \(name)"
            base.append(state == .link ? write(first) : link)
            staging.append("rm \(name) && " + (state == .link ? link : write(second)))
        case .untracked: working.append(write(second))
        case .ignored: working.append("put \(quoted(path + ".log")) \(second)")
        }
    }

    /// A line of `sed` for one of the lines, or one more at an end.
    private mutating func edit(_ name: String) -> String {
        let line = 1 + below(9)
        switch below(5) {
        case 0: return "sed -i '\(line)i mine \(line)' \(name)"
        case 1: return "sed -i '\(line)s/$/ mine/' \(name)"
        case 2: return "sed -i '\(line)d' \(name)"
        case 3: return "printf 'mine at the end' >>\(name)"
        default: return "sed -i '1i mine bad\\nmine drop' \(name)"
        }
    }

    /// Some lines as one word of shell.
    private mutating func text(_ whom: String) -> String {
        let lines = (0..<(3 + below(9))).map { number in
            let word = ["bad", "drop", "twin", "", "", "", "", ""][below(8)]
            return "\(whom == "base" || below(3) > 0 ? "line" : whom) \(number) \(word)"
        }
        return "'" + lines.joined(separator: "\\n") + (below(6) == 0 ? "" : "\\n") + "'"
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    /// The whole story, for `sh` in an empty folder after the oracle.
    var script: String {
        let fixer =
            #"sed -i -e 's/bad/good/g' -e '/drop/d' -e 's/twin/one\\ntwo/g' -- \"$@\""#
        let waits =
            late == nil ? "" : "; touch $BASE/started; until [ -e $BASE/edited ]; do :; done"
        return """
            put() { place "$1" && printf "$2" >"$1"; }
            place() { mkdir -p "$(dirname "$1")"; }
            crlf() { sed -i 's/$/\\r/' "$1"; }
            rest=; later() { rest="$rest$(printf "'%s' " "$@");"; }
            git init -q -b topic . && echo '*.log' >.gitignore
            cat >hooks.toml <<'TOML'
            [jobs.fixer]
            run = "\(fixer)\(waits)"
            shell = true
            files = ["*.txt"]
            fixes = true
            reads = "files"
            [hooks]
            pre-commit = ["fixer"]
            commit-msg = []
            TOML
            \(base.joined(separator: "\n"))
            git add -A && git commit -q -m base && hooks install 2>/dev/null
            \(staging.joined(separator: "\n"))
            git add -A && eval "$rest"
            \(working.joined(separator: "\n"))
            LATE=\(late.map { "'\($0)'" } ?? "") judged \(commit.map { "'\($0)'" }.joined(separator: " "))

            """
    }
}
