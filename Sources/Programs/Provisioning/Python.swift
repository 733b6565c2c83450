internal import Files
package import Spawn
package import SystemPackage

/// A Python that can create environments.
package struct Python: Sendable {
    package var program: FilePath
    /// `3.11.2`
    package var release: String
    /// `3.11`
    package var version: String {
        release.split(separator: ".").prefix(2).joined(separator: ".")
    }

    /// The first of these programs that runs and prints its version.
    package static func first(
        of programs: [FilePath], in folder: FilePath, _ environment: ProcessEnvironment
    ) async -> Python? {
        let script = "import sys; print('%d.%d.%d' % sys.version_info[:3])"
        for program in programs {
            let completion = await run(
                Invocation(
                    program: program, arguments: ["-I", "-c", script].map { Array($0.utf8) },
                    folder: folder, environment: environment, timeout: .seconds(20)))
            guard completion.isSuccess else { continue }
            let release =
                String(decoding: completion.output, as: UTF8.self)
                .split(whereSeparator: \.isNewline).last.map(String.init) ?? ""
            if release.split(separator: ".").count == 3 {
                return Python(program: program, release: release)
            }
        }
        return nil
    }

    /// The version in the `pyvenv.cfg` of the project's environment, such as `3.11`; nil
    /// if there is none.
    package static func version(of environment: FilePath) -> String? {
        guard let text = try? contents(of: environment.appending("pyvenv.cfg")) else { return nil }
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard parts.count == 2, ["version", "version_info"].contains(parts[0]) else { continue }
            return parts[1].split(separator: ".").prefix(2).joined(separator: ".")
        }
        return nil
    }
}
