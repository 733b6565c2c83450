/// A package that a project pins in `[tools]`, with its extras and plugins.
package struct Pin: Sendable, Equatable {
    /// The name in `[tools]`.
    package var name: String
    /// The package to install.
    package var package: String
    package var version: String
    /// The package's optional parts, such as `jupyter` of black, in order.
    package var extras: [String]
    /// Further packages, such as `flake8-bugbear==24.1.17`, in order.
    package var plugins: [String]

    /// - Parameter package: nil if it has the name of the pin.
    package init(
        name: String, package: String? = nil, version: String, extras: [String] = [],
        plugins: [String] = []
    ) {
        self.name = name
        self.package = package ?? name
        self.version = version
        self.extras = extras
        self.plugins = plugins
    }

    /// The requirements for the installer: `black[jupyter]==26.10.1`, then the plugins.
    package var requirements: [String] {
        let extras = extras.isEmpty ? "" : "[\(extras.sorted().joined(separator: ","))]"
        return ["\(package)\(extras)==\(version)"] + plugins
    }
}
