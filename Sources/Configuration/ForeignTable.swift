/// Strings from a table of another program's TOML file, such as `[tool.black]` in `pyproject.toml`.
///
/// Best effort: values that are absent or not strings are ignored, and so is a file that is not
/// TOML, because its own program reports the error.
package func foreignStrings(in text: [UInt8], table: [String], keys: [String]) -> [String] {
    guard let node = try? Document.read(text, file: "", prefix: table),
        let entries = try? node.entries()
    else { return [] }
    return entries.filter { keys.contains($0.key) }.compactMap { try? $0.string() }
}

/// Like `foreignStrings`, but also with lists of strings, each key separately; `_` for `-` in its
/// name is allowed.
///
/// - Returns: nil if there is no such table.
package func foreignLists(
    in text: [UInt8], table: [String], keys: [String]
) -> [String: [String]]? {
    guard let node = try? Document.read(text, file: "", prefix: table),
        let entries = try? node.entries()
    else { return nil }
    var lists: [String: [String]] = [:]
    for entry in entries {
        let key = entry.key.replacing("_", with: "-")
        guard keys.contains(key) else { continue }
        if let text = try? entry.string() {
            lists[key] = [text]
        } else if let items = try? entry.strings() {
            lists[key] = items.map(\.text)
        }
    }
    return lists
}
