internal import Files
internal import SystemPackage

/// The Python packages of an environment, by the names of their metadata; nothing is started.
struct InstalledPackages {
    private var versions: [String: String] = [:]

    /// - Parameter folder: the `bin` folder of the environment.
    init(beside folder: FilePath) {
        let library = folder.removingLastComponent().appending("lib")
        guard let pythons = try? Folder(opening: library).names() else { return }
        for python in pythons where python.string.hasPrefix("python") {
            for place in ["site-packages", "dist-packages"] {
                add(from: library.pushing(python).appending(place))
            }
        }
    }

    private mutating func add(from place: FilePath) {
        for name in (try? Folder(opening: place).names())?.lazy.map(\.string) ?? [] {
            let suffixes = [".dist-info", ".egg-info"]
            guard let suffix = suffixes.first(where: name.hasSuffix) else { continue }
            let parts = name.dropLast(suffix.count).split(separator: "-", maxSplits: 2)
            guard parts.count > 1 else { continue }
            let package = Self.normalized(parts[0])
            versions[package] = versions[package] ?? String(parts[1])
        }
    }

    /// The version of a package; nil if it is not installed.
    func version(of package: some StringProtocol) -> String? { versions[Self.normalized(package)] }

    /// Whether a requirement such as `flake8-bugbear==24.1.17` is met; for other conditions than
    /// `==` only whether the package is installed.
    func satisfies(_ requirement: String) -> Bool {
        let package = requirement.prefix { $0.isLetter || $0.isNumber || "._-".contains($0) }
        guard let here = version(of: package) else { return false }
        let condition = requirement.prefix { $0 != ";" }.filter { $0 != " " }
        let parts = condition.split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[1].hasPrefix("=") else { return true }
        return Self.isSame(here, String(parts[1].dropFirst()))
    }

    /// Whether both are the same version: `1.0` is `1.0.0`.
    static func isSame(_ first: String, _ second: String) -> Bool {
        func canonical(_ version: String) -> [Substring] {
            var parts = version.lowercased().split(separator: ".")
            while parts.count > 1, parts.last == "0" { parts.removeLast() }
            return parts
        }
        return canonical(first) == canonical(second)
    }

    private static func normalized(_ package: some StringProtocol) -> String {
        package.lowercased().split { "._-".contains($0) }.joined(separator: "-")
    }
}
