/// A package that a project pins in `[tools]`, with all that it wants beside it.
package struct Pin: Sendable, Equatable {
    /// The name in `[tools]`.
    package var name: String
    /// The package that an installer is asked for.
    package var package: String
    package var version: String
    /// The package's optional parts, such as `jupyter` of black, in order.
    package var extras: [String]
    /// Further packages, such as `flake8-bugbear==24.1.17`, in order.
    package var plugins: [String]

    /// - Parameter package: nil when it is called as the pin is.
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

    /// What an installer is asked for: `black[jupyter]==26.10.1`, then the plugins.
    package var requirements: [String] {
        let extras = extras.isEmpty ? "" : "[\(extras.sorted().joined(separator: ","))]"
        return ["\(package)\(extras)==\(version)"] + plugins
    }
}
