internal import Files
internal import Glibc
internal import SystemPackage

/// The rights and limits of this process, as `/proc/self` shows them.
///
/// A server with other rights than the hook cannot replace its child.
struct ProcessSurroundings: Sendable {
    /// Rights, limits, processors and namespaces, one after the other.
    let parts: [[UInt8]]
    /// The umask.
    let umask: UInt32

    init() {
        let lines = Self.read("/proc/self/status").split(separator: UInt8(ascii: "\n"))
        var parts = lines.filter { line in
            Self.telling.contains { line.starts(with: "\($0):".utf8) }
        }.map { Array($0) }
        parts += [Self.read("/proc/self/limits"), Self.read("/proc/self/attr/current")]
        parts.append(Array("\(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))".utf8))
        let links = ["cgroup", "ipc", "mnt", "net", "pid", "user", "uts"].map { "ns/\($0)" }
        for link in links + ["root"] {
            parts.append(Self.target(of: FilePath("/proc/self/\(link)")))
        }
        self.parts = parts.map { part in part.filter { $0 != 0 } }
        let line = lines.first { $0.starts(with: "Umask:".utf8) } ?? []
        let digits = line.filter { (0x30...0x37).contains($0) }
        umask = UInt32(String(decoding: digits, as: UTF8.self), radix: 8) ?? 0o022
    }

    /// Lines of `/proc/self/status`.
    private static let telling = [
        "Uid", "Gid", "Groups", "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs",
        "Seccomp", "Seccomp_filters", "Cpus_allowed",
    ]

    private static func read(_ path: FilePath) -> [UInt8] {
        ((try? contents(of: path)) ?? nil) ?? []
    }

    private static func target(of link: FilePath) -> [UInt8] {
        let folder = try? Folder(opening: link.removingLastComponent())
        return ((try? folder?.target(of: link.name)) ?? nil)?.bytes ?? []
    }
}
