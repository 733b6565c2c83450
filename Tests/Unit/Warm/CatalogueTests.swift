import Configuration
import Foundation
import SystemPackage
import TestSupport
import Testing
import Tools
import Warm

/// Files as people commit them.
private let corpus: [(name: String, content: [UInt8])] = [
    ("clean.py", Array("import os\n\nPLACE = os.sep\n".utf8)),
    ("dirty.py", Array("import sys, os\nx = { 'a':1 }\ndef  f( a ):\n  return a+1   \n".utf8)),
    ("broken.py", Array("def f(:\n    return 'x\n".utf8)),
    ("latin.py", [UInt8]("# -*- coding: latin-1 -*-\nNAME = '".utf8) + [0xE9] + Array("'\n".utf8)),
    ("bytes.py", [UInt8]("NAME = '".utf8) + [0xE9, 0xFF] + Array("'\n".utf8)),
    ("crlf.py", Array("import sys\r\nimport os\r\nx = 'a'\r\n".utf8)),
    ("mark.py", [0xEF, 0xBB, 0xBF] + Array("x = 'a'\n".utf8)),
    ("empty.py", []),
    ("tabs.py", Array("if True:\n\tx = [\n\t\t1, 2]\n".utf8)),
    ("names \u{fc}.py", Array("import typing\nimport abc\nfrom . import x\n".utf8)),
    ("data.json", Array("{\"a\": [1, 2,\n3]}".utf8)),
    ("data.yaml", Array("a: 1\nb: [1, 2\n".utf8)),
    ("data.toml", Array("[a]\nb = 1\n".utf8)),
    ("page.md", Array("# Title\ntext   \n".utf8)),
]

private let configurations: [(name: String, content: String)] = [
    (
        "pyproject.toml",
        "[tool.black]\nline-length = 60\nskip-string-normalization = true\n"
            + "[tool.isort]\nprofile = 'black'\nforce_single_line = true\n"
    ),
    (".flake8", "[flake8]\nmax-line-length = 60\nextend-ignore = F401\nmax-complexity = 1\n"),
    (".isort.cfg", "[settings]\nprofile = google\n"),
]

@Suite(.serialized)
struct CatalogueTests {
    /// Every tool of the catalogue that Python runs, as the environment of the tests has it. A new
    /// one is covered when it is in `Tests/Support/requirements.txt`.
    static let tools = Catalogue.all.filter { tool in
        guard !tool.isWholeTree, let program = program(of: tool) else { return false }
        return ConsoleScript(at: program) != nil
    }.map(\.name)

    private static func program(of tool: Tool) -> FilePath? {
        (try? Tested.tools()).map {
            FilePath($0.appending(path: tool.program).path(percentEncoded: false))
        }
    }

    @Test func toolsOfTheDefaultConfigurationAreAmongThem() {
        #expect(Set(Self.tools).isSuperset(of: ["black", "flake8", "isort"]))
    }

    @Test(.inTurn, arguments: tools)
    func toolSaysAndDoesTheSame(name: String) async throws {
        let catalogued = try #require(Catalogue.tool(named: name))
        guard let program = Self.program(of: catalogued) else {
            throw Unexpected("there are no tools to test with")
        }
        let tool = try WarmTool(at: program)
        let paths = corpus.map(\.name)
        // Those that follow imports take seconds for each run.
        let isSlow = catalogued.reads == .tree
        for isConfigured in isSlow ? [false] : [false, true] {
            for files in isSlow
                ? [["dirty.py"]] : [["dirty.py"], ["broken.py", "bytes.py"], paths]
            {
                let arguments = catalogued.arguments + files
                try lay(for: tool, isConfigured)
                let fresh = try tool.fresh(arguments).withoutTimes
                let wanted = contents(tool)
                try lay(for: tool, isConfigured)
                let warm = try await tool.warm(arguments).withoutTimes
                #expect(warm.ending == fresh.ending, "\(files)\n\(fresh)\n\(warm)")
                // What several processes print at the same time has no order.
                #expect(warm.sortedLines == fresh.sortedLines, "\(files)")
                #expect(files.count > 1 || warm.output == fresh.output, "\(files)")
                #expect(contents(tool) == wanted, "\(files)")
            }
            // From here on the server has learned.
            try await Task.sleep(for: .milliseconds(700))
        }
    }

    private func lay(for tool: WarmTool, _ isConfigured: Bool) throws {
        try tool.scratch?.shell("rm -rf work; mkdir work")
        for (name, content) in corpus { try tool.scratch?.write("work/\(name)", content) }
        for (name, content) in configurations where isConfigured {
            try tool.write("work/\(name)", content)
        }
    }

    private func contents(_ tool: WarmTool) -> [[UInt8]?] {
        corpus.map { tool.scratch?.read("work/\($0.name)") }
    }
}

extension WarmTool.Outcome {
    /// The text without the time of the day, which bandit prints.
    fileprivate var withoutTimes: WarmTool.Outcome {
        let text = text.replacing(/[0-9]{2}:[0-9]{2}:[0-9]{2}[0-9.]*/, with: "TIME")
        return WarmTool.Outcome(ending: ending, output: Array(text.utf8))
    }

    fileprivate var sortedLines: [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).sorted()
    }
}
