/// The values of keys in a section of another program's INI file, as Python's `configparser` reads
/// it.
///
/// - Returns: nil if there is no such section.
package func foreignValues(
    in text: [UInt8], section: String, keys: [String]
) -> [String: String]? {
    var values: [String: String]?
    var isInSection = false
    var key: String?
    for line in String(decoding: text, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    {
        let bare = line.trimmed
        if bare.hasPrefix("#") || bare.hasPrefix(";") { continue }
        if let first = line.first, first.isWhitespace, let key, isInSection {
            if !bare.isEmpty { values?[key, default: ""] += "\n" + bare }
        } else if bare.hasPrefix("["), let end = bare.lastIndex(of: "]") {
            isInSection = bare[bare.index(after: bare.startIndex)..<end] == section
            if isInSection { values = values ?? [:] }
            key = nil
        } else if isInSection, let mark = bare.firstIndex(where: { $0 == "=" || $0 == ":" }) {
            // `configparser` takes both spellings that these tools allow.
            let name = bare[..<mark].trimmed.lowercased().replacing("_", with: "-")
            key = keys.contains(name) ? name : nil
            if let key { values?[key] = bare[bare.index(after: mark)...].trimmed }
        }
    }
    return values
}

extension StringProtocol {
    /// Without whitespace at both ends.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
