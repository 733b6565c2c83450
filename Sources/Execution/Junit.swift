internal import Files
internal import Reporting
internal import SystemPackage

/// The counts of a junit report, such as `112 tests, 2 failed, 3 skipped`; nil if there is no
/// such report.
///
/// Only the counts of its test suites are read. Another program wrote the report: anything may
/// be in it.
func junitSummary(_ file: FilePath) -> (tests: Int, text: String)? {
    ((try? contents(of: file)) ?? nil).map(junitSummary(of:))
}

/// Counts the tests in a report's text.
func junitSummary(of text: [UInt8]) -> (tests: Int, text: String) {
    var counts = ["tests": 0, "failures": 0, "errors": 0, "skipped": 0]
    for tag in String(decoding: text, as: UTF8.self).split(separator: "<testsuite ").dropFirst() {
        let attributes = " " + tag.prefix { $0 != ">" }
        for name in counts.keys {
            guard let start = attributes.firstRange(of: " \(name)=\"") else { continue }
            let digits = attributes[start.upperBound...].prefix { $0.isNumber }
            counts[name, default: 0] += min(Int(digits) ?? 0, 1_000_000_000)
        }
    }
    let failed = counts["failures", default: 0] + counts["errors", default: 0]
    let tests = counts["tests", default: 0]
    var parts = [counted(tests, "test", "tests")]
    if failed > 0 { parts.append("\(failed) failed") }
    if let skipped = counts["skipped"], skipped > 0 { parts.append("\(skipped) skipped") }
    return (tests, parts.joined(separator: ", "))
}
