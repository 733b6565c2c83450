/// A package that a project pins, with all that it wants beside it.
package struct Pin: Sendable, Equatable {
    /// The name in `[tools]`.
    package var name: String
    /// The package that an installer is asked for.
    package var package: String
    package var version: String
    package var extras: [String]
    /// Further packages, such as `flake8-bugbear==24.1.17`.
    package var plugins: [String]

    package init(
        name: String, package: String, version: String, extras: [String] = [],
        plugins: [String] = []
    ) {
        self.name = name
        self.package = package
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

/// What one managed environment holds: the same for every project that pins the same.
package struct Requirements: Sendable, Equatable {
    /// Sorted, so that the order of the file does not matter.
    package let lines: [String]

    package init(_ pins: [Pin]) {
        lines = pins.flatMap(\.requirements).sorted()
    }

    /// The text that stands for them: two sets are the same when theirs is.
    package var identity: [UInt8] {
        Array((["hooks environment 1"] + lines).joined(separator: "\n").utf8)
    }
}
