package import Configuration

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
