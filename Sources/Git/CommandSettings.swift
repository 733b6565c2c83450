internal import CGit2
internal import GitIndex
internal import Glibc

/// Settings that git passes to the programs that it starts: `git -c NAME=VALUE` in
/// `GIT_CONFIG_PARAMETERS`, and those of `GIT_CONFIG_COUNT`. They override every file.
struct CommandSettings {
    /// As a configuration file.
    private let text: [UInt8]

    /// The level of the command line, above all levels of libgit2.
    private static let level = git_config_level_t(rawValue: 7)

    /// nil if there are none.
    ///
    /// - Throws: `GitError` if a variable is invalid, as git does.
    init?() throws(GitError) {
        var settings = try Self.counted()
        if let parameters = unsafe getenv("GIT_CONFIG_PARAMETERS") {
            let bytes = unsafe Array(
                UnsafeRawBufferPointer(start: parameters, count: strlen(parameters)))
            settings += try Self.parameters(bytes)
        }
        if settings.isEmpty { return nil }
        var text: [UInt8] = []
        for setting in settings { text += try Self.lines(for: setting) }
        self.text = text
    }

    /// What `git config --list -z` printed: every setting that counts, of whatever file, with what
    /// includes bring.
    init(listed: [UInt8]) throws(GitError) {
        var text: [UInt8] = []
        for row in listed.split(separator: 0) {
            let end = row.firstIndex(of: 10)
            let name = row[..<(end ?? row.endIndex)]
            // Its settings are in the list.
            if Include(name: name) != nil { continue }
            text += try Self.lines(for: (Array(name), end.map { Array(row[($0 + 1)...]) }))
        }
        self.text = text
    }

    /// Adds them to a configuration.
    ///
    /// - Parameter files: keeps them open. libgit2 checks a file again whenever a value is read,
    ///   and the descriptor of a closed file may belong to another file by then.
    func add(to config: borrowing Handle, keptBy files: MemoryFiles) throws(GitError) {
        let file = unsafe text.withUnsafeBytes {
            unsafe hooks_memory_file($0.baseAddress, $0.count)
        }
        guard file >= 0 else { throw Self.malformed("there is no memory for the settings") }
        files.keep(file)
        try check(
            unsafe git_config_add_file_ondisk(
                config.pointer, "/proc/self/fd/\(file)", Self.level, nil, 0),
            "read the settings")
    }

    private typealias Setting = (name: [UInt8], value: [UInt8]?)

    private static func malformed(_ detail: String) -> GitError {
        GitError(code: GIT_EINVALID.rawValue, attempt: "read the configuration", detail: detail)
    }

    /// `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` and so on.
    private static func counted() throws(GitError) -> [Setting] {
        func bytes(_ name: String) -> [UInt8]? {
            unsafe getenv(name).map { value in
                unsafe Array(UnsafeRawBufferPointer(start: value, count: strlen(value)))
            }
        }
        guard let words = bytes("GIT_CONFIG_COUNT"), !words.isEmpty else { return [] }
        guard let count = Int(String(decoding: words, as: UTF8.self)), (0...9999).contains(count)
        else { throw malformed("GIT_CONFIG_COUNT is not a number") }
        var settings: [Setting] = []
        for number in 0..<count {
            guard let name = bytes("GIT_CONFIG_KEY_\(number)"),
                let value = bytes("GIT_CONFIG_VALUE_\(number)")
            else { throw malformed("GIT_CONFIG_KEY_\(number) or its value is missing") }
            settings.append((name, value))
        }
        return settings
    }

    /// `'name'='value' 'name'`, and the older `'name=value'`, quoted as for a shell.
    private static func parameters(_ text: [UInt8]) throws(GitError) -> [Setting] {
        var rest = text[...]
        var settings: [Setting] = []
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") }
            if rest.isEmpty { return settings }
            let word = try unquoted(&rest)
            let equals = UInt8(ascii: "=")
            if rest.first == equals {
                rest.removeFirst()
                let isValued = rest.first == UInt8(ascii: "'")
                settings.append((word, isValued ? try unquoted(&rest) : nil))
            } else if let end = word.firstIndex(of: equals) {
                settings.append((Array(word[..<end]), Array(word[(end + 1)...])))
            } else {
                settings.append((word, nil))
            }
        }
    }

    /// One word in single quotes, with the escapes `'\''` and `'\!'`.
    private static func unquoted(_ rest: inout ArraySlice<UInt8>) throws(GitError) -> [UInt8] {
        let quote = UInt8(ascii: "'")
        var word: [UInt8] = []
        guard rest.popFirst() == quote else {
            throw malformed("GIT_CONFIG_PARAMETERS is not quoted")
        }
        while let byte = rest.popFirst() {
            if byte != quote {
                word.append(byte)
            } else if rest.first == UInt8(ascii: "\\"), rest.count > 2 {
                word.append(rest[rest.startIndex + 1])
                rest = rest.dropFirst(3)
            } else {
                return word
            }
        }
        throw malformed("GIT_CONFIG_PARAMETERS has a quote that is not closed")
    }

    /// One section for each, as git writes it into a file.
    private static func lines(for setting: Setting) throws(GitError) -> [UInt8] {
        let dot = UInt8(ascii: ".")
        guard let first = setting.name.firstIndex(of: dot),
            let last = setting.name.lastIndex(of: dot), first > 0, last + 1 < setting.name.count,
            !setting.name.contains(10)
        else { throw malformed("a setting of `git -c` has no section") }
        var line = Array("[".utf8) + setting.name[..<first]
        if first < last {
            line += Array(" \"".utf8) + escaped(setting.name[(first + 1)..<last]) + Array("\"".utf8)
        }
        line += Array("]\n".utf8) + setting.name[(last + 1)...]
        if let value = setting.value {
            line += Array(" = \"".utf8) + escaped(value[...]) + Array("\"".utf8)
        }
        return line + [10]
    }

    private static func escaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
            case 10: Array("\\n".utf8)
            default: [byte]
            }
        }
    }
}

/// Files in memory that stay open as long as libgit2 may read them.
final class MemoryFiles {
    private var descriptors: [CInt] = []

    deinit { for each in descriptors { close(each) } }

    /// Closes the file together with the others, when this object is released.
    func keep(_ descriptor: CInt) { descriptors.append(descriptor) }
}
