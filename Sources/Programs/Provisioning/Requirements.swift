package import Configuration

/// The content of one managed environment: the same for every project with the same pins.
package struct Requirements: Sendable, Equatable {
    /// Sorted, so that the order of the file does not matter.
    package let lines: [String]

    package init(_ pins: [Pin]) {
        lines = pins.flatMap(\.requirements).sorted()
    }

    /// The text that identifies them: two sets are the same if their texts are.
    package var identity: [UInt8] {
        Array((["hooks environment 1"] + lines).joined(separator: "\n").utf8)
    }
}
