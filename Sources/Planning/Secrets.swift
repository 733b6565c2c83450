package import Configuration
internal import Glibc
internal import Masking
internal import Notation
internal import Reporting
package import Spawn

/// The values of variables with secret names, and the passwords of addresses in any variable.
///
/// - Parameters:
///   - settings: the patterns of secret names; by default those of a project without settings.
///   - jobs: the jobs whose own variables count as well.
package func secretValues(
    in environment: ProcessEnvironment, _ settings: LogSettings = LogSettings(), jobs: [Job] = []
) -> [[UInt8]] {
    let own = jobs.flatMap(\.environment).map { Array("\($0.name)=\($0.value)".utf8) }
    return (environment.rows + own).flatMap { row -> [[UInt8]] in
        guard let end = row.firstIndex(of: UInt8(ascii: "=")) else { return [] }
        let (name, value) = (Array(row[..<end]), Array(row[(end + 1)...]))
        guard settings.secret.contains(where: { $0.matches(branch: name) }) else {
            return Mask.passwords(inAddresses: value)
        }
        return isPlace(value) ? [] : [value]
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
