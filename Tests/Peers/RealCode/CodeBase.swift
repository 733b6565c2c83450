import Foundation
import TestSupport

/// A repository made of the sources of an installed package.
struct CodeBase {
    let scratch: Scratch
    /// Every Python file of the package, relative to the top.
    let files: [String]
    private let environment: [String: String]

    /// - Parameter package: its folder in `site-packages` of the test tools.
    init(package: String) throws {
        scratch = try Scratch()
        let tools = try Tested.tools()
        let program = try Tested.binary().deletingLastPathComponent().path
        environment = ["PATH": "\(program):\(tools.path):/usr/bin:/bin"]
        let library = tools.deletingLastPathComponent().path + "/lib"
        try scratch.shell(
            """
            mkdir -p work && cd work
            cp -R \(library)/python3*/site-packages/\(package) .
            find . -type d -name __pycache__ -prune -exec rm -r {} +
            find . -name '*.so' -exec rm {} +
            """)
        files = try scratch.shell("cd work && find \(package) -name '*.py' | LC_ALL=C sort")
            .split(separator: "\n").map(String.init)
        try configure()
    }

    /// Makes the first commit, with these files formatted.
    func begin(formatting files: [String]) throws {
        // Without the check of its own work black gives the same in half of the time.
        try Self.format(files, in: "work", scratch, environment, options: "--fast")
        try shell(
            "git init -q -b topic . && git add -A && git commit -q -m formatted && hooks install")
    }

    private func configure() throws {
        let settings = [
            "pyproject.toml": "[tool.isort]\nprofile = \"black\"\n",
            "setup.cfg": "[flake8]\nselect = E9,F63,F7\n",
            "hooks.toml": "[hooks]\npre-commit = [\"isort\", \"black\", \"flake8\"]\n",
            ".gitignore": "*.log\n__pycache__/\n",
        ]
        for (name, text) in settings { try scratch.write("work/\(name)", Array(text.utf8)) }
    }

    @discardableResult
    func shell(_ script: String) throws -> String {
        try scratch.shell(script, in: "work", environment: environment)
    }

    /// What a person does by hand: isort, then black.
    private static func format(
        _ files: [String], in folder: String, _ scratch: Scratch, _ environment: [String: String],
        options: String = ""
    ) throws {
        let list = files.map { "'\($0)'" }.joined(separator: " ")
        try scratch.shell(
            "isort --quiet \(list)\nblack --quiet \(options) \(list)", in: folder,
            environment: environment)
    }

    func text(_ file: String, in folder: String = "work") throws -> String {
        guard let bytes = scratch.read("\(folder)/\(file)") else { throw Unexpected("no \(file)") }
        return String(decoding: bytes, as: UTF8.self)
    }

    func write(_ file: String, _ text: String) throws {
        try scratch.write("work/\(file)", Array(text.utf8))
    }

    /// Puts the tree of the index, formatted by hand, into another folder of the same name and
    /// form.
    func formatStaged(_ files: [String]) throws {
        try shell("git checkout-index -a --prefix=\(scratch.url.path)/staged/work/")
        try shell("cp -R ../staged ../byhand")
        try Self.format(files, in: "byhand/work", scratch, environment)
    }

    /// The working file merged with the fix as git does it; nil where both touch the same lines.
    func merged(_ file: String, working: String) throws -> String? {
        try scratch.write("ours", Array(working.utf8))
        let ended = try scratch.run(
            ["git", "merge-file", "-p", "ours", "staged/work/\(file)", "byhand/work/\(file)"])
        return ended.status == 0 ? ended.text : nil
    }
}
