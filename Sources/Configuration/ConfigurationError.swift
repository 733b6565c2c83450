package import Reporting

/// Why a configuration file cannot be used, with the place of the error.
package struct ConfigurationError: Explained, Equatable {
    /// The file's name as the caller gave it, safe to print.
    package var file: String
    /// From 1; `nil` for the whole file.
    package var line: Int?
    /// From 1, in characters; only for text that is not TOML.
    package var column: Int?
    /// What is wrong, without the place.
    package var reason: String
    package var hints: [String]

    init(file: String, line: Int?, column: Int? = nil, _ reason: String, hints: [String] = []) {
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
        self.hints = hints
    }

    package var message: String {
        let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
        return "\(file)\(place): \(reason)"
    }

    package var exitStatus: ExitStatus { .usage }
}
