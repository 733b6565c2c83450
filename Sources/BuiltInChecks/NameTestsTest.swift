internal import Checks

/// Checks that the files in folders called `tests` have names that the test runner finds.
struct NameTestsTest: Check {
    static let name = "name-tests-test"
    static let summary = "Checks that Python files in folders called `tests` are named like tests."
    static let standsFor: String? = "name-tests-test"
    static let fixes = false
    static let looksAt = Material.name
    static let files = ["**/tests/**/*.py"]
    static let options = [
        CheckOption("--pytest", nil, "`*_test.py`, the default."),
        CheckOption("--pytest-test-first", nil, "`test_*.py`."),
        CheckOption("--django", nil, "`test*.py`."),
        CheckOption("--unittest", nil, "`test*.py`."),
    ]
    static let examples = [
        Example(
            "another name is found", path: "tests/orders.py",
            .finds([Finding(message: "the name is not like `*_test.py`")])),
        Example("a test passes", ["--pytest"], path: "tests/orders_test.py", .passes),
        Example(
            "the word may come first", ["--pytest-test-first"], path: "tests/test_orders.py",
            .passes),
        Example("without an underscore", ["--django"], path: "tests/tests.py", .passes),
        Example("as for unittest", ["--unittest"], path: "tests/testorders.py", .passes),
        Example("`conftest.py` is not a test", path: "tests/conftest.py", .passes),
    ]

    private enum Style: String {
        case last = "*_test.py"
        case first = "test_*.py"
        case begins = "test*.py"
    }

    private var style = Style.last

    init(arguments: [String]) throws(CheckArgumentError) {
        let given = try Self.read(arguments).map(\.name)
        if Set(given).count > 1 {
            throw Self.refused("only one of \(given.joined(separator: ", ")) can be given")
        }
        switch given.first {
        case "--pytest-test-first": style = .first
        case "--django", "--unittest": style = .begins
        default: style = .last
        }
    }

    func inspect(_ file: CheckedFile) -> Verdict {
        let slash = file.path.lastIndex(of: UInt8(ascii: "/")) ?? -1
        let name = file.path[(slash + 1)...]
        if fits(name) || ["__init__.py", "conftest.py"].contains(where: name.elementsEqual(_:)) {
            return .passed
        }
        return Verdict(findings: [Finding(message: "the name is not like `\(style.rawValue)`")])
    }

    private func fits(_ name: ArraySlice<UInt8>) -> Bool {
        let last = Array((style == .last ? "_test.py" : ".py").utf8)
        let first = Array((style == .last ? "" : style == .first ? "test_" : "test").utf8)
        // A `.` of a pattern matches anything but a line feed.
        return name.count >= first.count + last.count && name.starts(with: first)
            && name.suffix(last.count).elementsEqual(last) && !name.contains(.lineFeed)
    }
}

extension ArraySlice<UInt8> {
    fileprivate func elementsEqual(_ text: String) -> Bool { elementsEqual(text.utf8) }
}
