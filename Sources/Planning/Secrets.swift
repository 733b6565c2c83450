package import Configuration
internal import Glibc
internal import Notation
package import Spawn

/// The values of variables with secret names.
///
/// - Parameters:
///   - settings: the patterns of secret names; by default those of a project without settings.
///   - jobs: the jobs whose own variables count as well.
package func secretValues(
    in environment: ProcessEnvironment, _ settings: LogSettings = LogSettings(), jobs: [Job] = []
) -> [[UInt8]] {
    let own = jobs.flatMap(\.environment).map { Array("\($0.name)=\($0.value)".utf8) }
    return (environment.rows + own).compactMap { row in
        guard let end = row.firstIndex(of: UInt8(ascii: "=")),
            settings.secret.contains(where: { $0.matches(branch: row[..<end]) })
        else { return nil }
        let value = Array(row[(end + 1)...])
        return isPlace(value) ? nil : value
    }
}

/// Whether a value is a path, such as that of the file with a key, and not the key.
private func isPlace(_ value: [UInt8]) -> Bool {
    value.first == UInt8(ascii: "/")
        && (value + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { bytes in
                bytes.baseAddress.map { access($0, F_OK) == 0 } == true
            }
        }
}
