package import SystemPackage
/// stub until the real one lands
package func safeName(_ path: FilePath) -> String { path.string }
/// stub
package func safeText(_ b: [UInt8]) -> String { String(decoding: b, as: UTF8.self) }
