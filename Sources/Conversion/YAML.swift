internal import CYaml
internal import Configuration
package import Reporting

/// A value of another program's YAML file.
package indirect enum YAML: Sendable, Equatable {
    /// Text, and whether it had no quotes.
    case scalar(String, isPlain: Bool)
    case list([YAML])
    case map([(key: String, value: YAML)])

    /// The first document of a file.
    ///
    /// - Throws: `YAMLError` with the place; also for documents that are larger than any
    ///   configuration is, which repeated references can make.
    package init(_ text: [UInt8], file: String) throws(YAMLError) {
        var document = yaml_document_t()
        var problem = [CChar](repeating: 0, count: 200)
        var line = 0
        guard
            hooks_yaml_load(text, text.count, &document, &problem, problem.count, &line) != 0
        else {
            let reason = String(
                decoding: problem.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            throw YAMLError(
                file: file, line: line, reason: "this is not YAML: \(safeLine(reason.utf8))")
        }
        defer { yaml_document_delete(&document) }
        var reader = Reader(document: document, file: file)
        guard let root = yaml_document_get_root_node(&document) else {
            self = .map([])
            return
        }
        self = try reader.value(root, depth: 0)
    }

    package static func == (first: YAML, second: YAML) -> Bool {
        switch (first, second) {
        case (.scalar(let a, let b), .scalar(let c, let d)): a == c && b == d
        case (.list(let a), .list(let b)): a == b
        case (.map(let a), .map(let b)):
            a.map(\.key) == b.map(\.key) && a.map(\.value) == b.map(\.value)
        default: false
        }
    }
}

/// Turns nodes into values.
private struct Reader {
    var document: yaml_document_t
    let file: String
    private var left = 100_000

    init(document: yaml_document_t, file: String) {
        self.document = document
        self.file = file
    }

    mutating func value(_ node: UnsafePointer<yaml_node_t>, depth: Int) throws(YAMLError) -> YAML {
        left -= 1
        guard left > 0, depth < 64 else {
            let line = Int(node.pointee.start_mark.line) + 1
            throw YAMLError(
                file: file, line: line, reason: "this is nested too deeply, or too large")
        }
        let count = hooks_yaml_count(node)
        switch UInt32(hooks_yaml_kind(node)) {
        case YAML_SEQUENCE_NODE.rawValue:
            var items: [YAML] = []
            for position in 0..<count {
                if let item = self.node(hooks_yaml_item(node, position)) {
                    items.append(try value(item, depth: depth + 1))
                }
            }
            return .list(items)
        case YAML_MAPPING_NODE.rawValue:
            return .map(try pairs(of: node, count, depth))
        default:
            var length = 0
            var isPlain: Int32 = 0
            let start = hooks_yaml_text(node, &length, &isPlain)
            let bytes = UnsafeBufferPointer(start: start, count: start == nil ? 0 : length)
            return .scalar(
                String(decoding: bytes.map(UInt8.init(bitPattern:)), as: UTF8.self),
                isPlain: isPlain != 0)
        }
    }

    /// The entries of a map; those of `<<` follow its own.
    private mutating func pairs(
        of node: UnsafePointer<yaml_node_t>, _ count: Int, _ depth: Int
    ) throws(YAMLError) -> [(key: String, value: YAML)] {
        var pairs: [(key: String, value: YAML)] = []
        var merged: [(key: String, value: YAML)] = []
        for position in 0..<count {
            guard let key = self.node(hooks_yaml_key(node, position)),
                let inner = self.node(hooks_yaml_value(node, position)),
                case .scalar(let name, _) = try value(key, depth: depth + 1)
            else { continue }
            let value = try value(inner, depth: depth + 1)
            guard name == "<<" else {
                pairs.append((name, value))
                continue
            }
            for case .map(let more) in value.items ?? [value] { merged += more }
        }
        for more in merged where !pairs.contains(where: { $0.key == more.key }) {
            pairs.append(more)
        }
        return pairs
    }

    private mutating func node(_ index: Int32) -> UnsafePointer<yaml_node_t>? {
        yaml_document_get_node(&document, index).map { UnsafePointer($0) }
    }
}

extension YAML {
    /// The value of a key; nil if it is absent, or if this is not a map.
    package subscript(key: String) -> YAML? {
        guard case .map(let pairs) = self else { return nil }
        return pairs.first { $0.key == key }?.value
    }

    package var pairs: [(key: String, value: YAML)]? {
        if case .map(let pairs) = self { pairs } else { nil }
    }

    package var items: [YAML]? { if case .list(let items) = self { items } else { nil } }

    /// Text; nil for a plain `null` or `~`, and for lists and maps.
    package var text: String? {
        guard case .scalar(let text, let isPlain) = self else { return nil }
        return isPlain && ["", "~", "null", "Null", "NULL"].contains(text) ? nil : text
    }

    /// A plain `true` or `false`, in the spellings of YAML 1.1.
    package var flag: Bool? {
        guard case .scalar(let text, true) = self else { return nil }
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default: return nil
        }
    }

    /// The texts of a list; a single text counts as a list.
    package var texts: [String] { items?.compactMap(\.text) ?? text.map { [$0] } ?? [] }
}

/// Why a YAML file cannot be used.
package struct YAMLError: Explained, Equatable {
    package var file: String
    package var line: Int?
    package var reason: String

    package var message: String { file + (line.map { ":\($0)" } ?? "") + ": \(reason)" }
    package var hints: [String] { ["correct it, or move it away and run `hooks init` again"] }
    package var exitStatus: ExitStatus { .usage }
}
