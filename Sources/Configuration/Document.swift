internal import Notation
import TOMLKit

/// The only place that uses the TOML parser: text in, nodes out.
enum Document {
    /// The largest file, in bytes.
    static let largest = 1 << 20

    /// Reads `text` and returns its root, or the table at `prefix`; `nil` if there is no such
    /// table.
    static func read(
        _ text: [UInt8], file: String, prefix: [String]
    ) throws(ConfigurationError) -> Node? {
        let bytes = text.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(text.dropFirst(3)) : text
        let string = try validated(bytes, file: file)
        let places: Places
        do throws(PlacesError) {
            places = try Places(of: bytes)
        } catch {
            // The error that the scanner finds may be the consequence of an earlier one.
            _ = try parse(
                String(decoding: bytes.prefix(error.statement), as: UTF8.self), file: file)
            throw ConfigurationError(file: file, line: error.line, error.reason)
        }
        let builder = NodeBuilder(file: file, places: places)
        var node = builder.node(try parse(string, file: file), path: [], line: 1)
        for key in prefix {
            guard let next = try node.entries().first(where: { $0.key == key }) else { return nil }
            node = next
        }
        return node
    }

    /// The text as a string that the parser, which sees a C string, reads to its end.
    private static func validated(_ bytes: [UInt8], file: String) throws(ConfigurationError)
        -> String
    {
        guard bytes.count <= largest else {
            throw ConfigurationError(file: file, line: nil, "the file is larger than 1 MiB")
        }
        if let null = bytes.firstIndex(of: 0) {
            throw ConfigurationError(
                file: file, line: line(of: null, in: bytes), "a null character")
        }
        do throws(UTF8.ValidationError) {
            let span = try UTF8Span(validating: bytes.span)
            return String(copying: span)
        } catch {
            let line = line(of: error.byteOffsets.lowerBound, in: bytes)
            throw ConfigurationError(
                file: file, line: line, "the text is not UTF-8", hints: ["save the file as UTF-8"])
        }
    }

    private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    }

    private static func parse(_ text: String, file: String) throws(ConfigurationError) -> TOMLTable
    {
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let start = error.source.begin
            throw ConfigurationError(
                file: file, line: start.line, column: start.column,
                "this is not TOML: \(plain(error.description))")
        } catch {
            throw ConfigurationError(file: file, line: nil, "this is not TOML")
        }
    }

    /// The parser's reason without its preamble, `Error while parsing key: `.
    private static func plain(_ description: String) -> String {
        let preamble = "Error while parsing "
        let reason =
            description.hasPrefix(preamble)
            ? "in \(description.dropFirst(preamble.count))" : description
        return printable(reason, limit: 200)
    }
}

/// Converts the parser's values to nodes. `Places` has limited their depth.
private struct NodeBuilder {
    let file: String
    let places: Places

    /// A value without a known place gets the place of its parent.
    func node(_ value: any TOMLValueConvertible, path: [Step], line: Int) -> Node {
        let line = places.all[path]?.line ?? line
        let content: Node.Content =
            if let table = value.table {
                .table(entries(of: table, path: path, line: line))
            } else if let array = value.array {
                .array(
                    (0..<array.count).map { node(array[$0], path: path + [.item($0)], line: line) })
            } else if let text = value.string {
                .string(text)
            } else if let flag = value.bool {
                .boolean(flag)
            } else {
                .other(typeName(value.type))
            }
        return Node(file: file, path: path, line: line, content: content)
    }

    /// The parser orders by name; this restores the order of the file.
    private func entries(of table: TOMLTable, path: [Step], line: Int) -> [Node] {
        // For an empty table the parser may return a null pointer.
        guard !table.isEmpty else { return [] }
        let keys = table.keys.map { (key: $0, order: places.all[path + [.key($0)]]?.order ?? .max) }
        return keys.sorted { ($0.order, $0.key) < ($1.order, $1.key) }.compactMap { key, _ in
            table[key].map { node($0, path: path + [.key(key)], line: line) }
        }
    }

    private func typeName(_ type: TOMLType) -> String {
        switch type {
        case .int: "an integer"
        case .double: "a number"
        default: "a date or time"
        }
    }
}
