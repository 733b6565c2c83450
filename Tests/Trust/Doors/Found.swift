import Foundation

extension Door {
    /// Inputs that a fuzzer kept because each reaches a place in the code that no other does: lines in
    /// base64 of a file that is named after the door.
    package var found: [[UInt8]] { inputs(of: "Found/" + fileName) }

    /// Bytes that came in once and ended the program, or were taken for something else.
    package var remembered: [[UInt8]] { inputs(of: "Remembered/" + fileName) }

    private var fileName: String { name.replacing(" ", with: "-").replacing(",", with: "") }

    private func inputs(of file: String) -> [[UInt8]] {
        let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: file)
        guard let data = try? Data(contentsOf: url) else { return [] }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap {
            Data(base64Encoded: String($0)).map { [UInt8]($0) }
        }
    }
}
