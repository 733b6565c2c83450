internal import Glibc
internal import Reporting
package import SystemPackage

/// Why a program that was found cannot run.
package struct Obstacle: Sendable {
    /// What is wrong, with the full names.
    package var reason: String
    package var hint: String

    /// - Returns: nil if the file does not show it.
    package init?(of program: FilePath) {
        let start = Fingerprint.start(of: program, count: 512)
        guard let interpreter = Self.interpreter(in: start) else { return nil }
        guard interpreter.withPlatformString({ access($0, X_OK) }) != 0 else { return nil }
        reason = "its interpreter `\(safeName(interpreter))` does not exist"
        let environment = program.removingLastComponent().removingLastComponent()
        let sign = environment.appending("pyvenv.cfg")
        let isEnvironment = sign.withPlatformString { access($0, F_OK) } == 0
        hint =
            isEnvironment || environment.lastComponent?.string.hasSuffix("venv") == true
            ? "the environment was moved, or its Python removed: create it again with `python3 -m venv --clear \(safeName(environment))`, and install the project's packages into it"
            : "install it again"
    }

    /// The interpreter of a script; pip writes it in the second line if the first one would be too
    /// long.
    private static func interpreter(in start: [UInt8]) -> FilePath? {
        let lines = start.split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard let first = lines.first, first.hasPrefix("#!") else { return nil }
        if lines.count > 1, lines[1].hasPrefix("'''exec' ") {
            let rest = lines[1].dropFirst(9)
            let word =
                rest.hasPrefix("\"")
                ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { $0 != " " }
            return FilePath(String(word))
        }
        let words = first.dropFirst(2).split(separator: " ")
        return words.first.map { FilePath(String($0)) }
    }
}
