package import Configuration
internal import Reporting

/// A draft of a `hooks.toml`, with what could not be converted.
package struct Draft {
    /// A job with its settings.
    package struct Job {
        package var name: String
        package var comment: String?
        /// Keys with their values as TOML, in order.
        package private(set) var values: [(key: String, value: String)] = []

        /// Builds a job whose table is empty.
        package init(name: String) { self.name = name }

        /// The value of a key; nil removes it.
        package subscript(key: String) -> String? {
            get { values.first { $0.key == key }?.value }
            set {
                let place = values.firstIndex { $0.key == key }
                switch (place, newValue) {
                case (let place?, let value?): values[place].value = value
                case (let place?, nil): values.remove(at: place)
                case (nil, let value?): values.append((key, value))
                case (nil, nil): break
                }
            }
        }
    }

    /// Its source, for the first line.
    package var origin: String
    package var failFast = false
    package var branches: [String] = []
    package var pins: [Pin] = []
    package var jobs: [Job] = []
    /// The jobs of each git hook, in the order of their first mention.
    package private(set) var hooks: [(hook: String, jobs: [String])] = []
    /// Remarks about converted settings.
    package private(set) var remarks: [String] = []
    /// What was not converted, and why.
    package private(set) var leftOut: [String] = []

    package init(origin: String) { self.origin = origin }

    package mutating func remark(_ text: String) {
        let line = safeLine(text.utf8)
        if !remarks.contains(line) { remarks.append(line) }
    }

    package mutating func leaveOut(_ text: String) {
        // A name with a line feed would become a separate line of the file.
        let line = safeLine(text.utf8)
        if !leftOut.contains(line) { leftOut.append(line) }
    }

    package mutating func add(_ job: String, to hook: String) {
        if let place = hooks.firstIndex(where: { $0.hook == hook }) {
            if !hooks[place].jobs.contains(job) { hooks[place].jobs.append(job) }
        } else {
            hooks.append((hook, [job]))
        }
    }

    package mutating func mention(_ hook: String) {
        if !hooks.contains(where: { $0.hook == hook }) { hooks.append((hook, [])) }
    }

    /// Adds a pin, or extends an existing one; a package has one version.
    package mutating func pin(_ pin: Pin) {
        guard isExactVersion(pin.version) else {
            leaveOut("\(pin.name) \(pin.version): not one exact version")
            return
        }
        let name = packageName(pin.package)
        guard
            let place = pins.firstIndex(where: { packageName($0.package) == name })
        else {
            pins.append(pin)
            return
        }
        if pins[place].version != pin.version {
            leaveOut(
                "\(pin.name) \(pin.version): \(pin.name) \(pins[place].version) is pinned already")
        }
        for plugin in pin.plugins where !pins[place].plugins.contains(plugin) {
            pins[place].plugins.append(plugin)
        }
        for extra in pin.extras where !pins[place].extras.contains(extra) {
            pins[place].extras.append(extra)
        }
    }

    /// Names each package once, because all of them share one environment: a separate pin wins over
    /// a plugin, the first plugin over later ones.
    package mutating func namePackagesOnce() {
        var owners: [String: String] = [:]
        for pin in pins {
            owners[packageName(pin.package)] = "\(pin.name)==\(pin.version)"
        }
        for place in pins.indices {
            var kept: [String] = []
            for plugin in pins[place].plugins {
                let name = packageName(plugin)
                if let owner = owners[name] {
                    // Names are compared without case; the rest is a version.
                    if owner.dropFirst(name.count) != plugin.dropFirst(name.count) {
                        leaveOut(
                            "`\(plugin)` beside \(pins[place].name): `\(owner)` is pinned already")
                    }
                } else {
                    owners[name] = plugin
                    kept.append(plugin)
                }
            }
            pins[place].plugins = kept
        }
    }

    /// A name that no job of the draft has.
    package func freeName(_ wanted: String, taken: (String) -> Bool) -> String {
        var name = String(
            wanted.unicodeScalars.map { scalar in
                let isPlain =
                    scalar.isASCII
                    && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                return isPlain || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
            })
        while let first = name.first, !first.isLetter, !first.isNumber { name.removeFirst() }
        if name.isEmpty { name = "job" }
        var number = 1
        var candidate = name
        while jobs.contains(where: { $0.name == candidate })
            || hooks.contains(where: { $0.jobs.contains(candidate) })
            || taken(candidate)
        {
            number += 1
            candidate = "\(name)-\(number)"
        }
        return candidate
    }
}

extension Draft {
    /// The file.
    package var toml: String {
        var lines = [
            "# \(origin)",
            "# Every key: docs/configuration.md of hooks; `hooks list` shows the result.",
        ]
        if !leftOut.isEmpty {
            lines += ["#", "# Not converted:"] + leftOut.map { "#   \($0)" }
        }
        lines += ["requires = \"0.1\""]
        if failFast { lines.append("fail_fast = true") }
        if !branches.isEmpty {
            lines += ["", "[protect]", "branches = \(TOML.array(branches))"]
        }
        if !pins.isEmpty {
            lines += [
                "", "[tools]                                # `hooks tools sync` installs these",
            ]
            lines += pins.map { "\(TOML.key($0.name)) = \(TOML.pin($0))" }
        }
        for job in jobs where !job.values.isEmpty {
            lines.append("")
            if let comment = job.comment { lines.append("# \(safeLine(comment.utf8))") }
            lines.append("[jobs.\(TOML.key(job.name))]")
            lines += job.values.map { "\($0.key) = \($0.value)" }
        }
        lines += ["", "[hooks]                                # jobs run in this order"]
        lines += hooks.map { "\($0.hook) = \(TOML.array($0.jobs))" }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Values as TOML writes them.
package enum TOML {
    /// Unchanged if possible, else escaped.
    package static func string(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        if isPlain, !text.contains("\""), !text.contains("\\") { return "\"\(text)\"" }
        if isPlain, !text.contains("'") { return "'\(text)'" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// On one line if it fits, else one line for each item.
    package static func array(_ items: [String]) -> String {
        let items = items.map(string)
        let line = "[\(items.joined(separator: ", "))]"
        return line.count <= 80 ? line : "[\n" + items.map { "    \($0),\n" }.joined() + "]"
    }

    /// Without quotes if possible.
    package static func key(_ text: String) -> String {
        let isBare =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                byte < 0x80
                    && (Character(Unicode.Scalar(byte)).isLetter
                        || Character(Unicode.Scalar(byte)).isNumber || byte == UInt8(ascii: "-")
                        || byte == UInt8(ascii: "_"))
            }
        return isBare ? text : string(text)
    }

    /// A pin without the name of a catalogue tool names its package.
    package static func pin(_ pin: Pin) -> String {
        let isKnown = CatalogueNames().canPin(pin.name) && pin.package == pin.name
        if isKnown, pin.extras.isEmpty, pin.plugins.isEmpty { return string(pin.version) }
        var fields: [String] = []
        if !isKnown { fields.append("package = \(string(pin.package))") }
        fields.append("version = \(string(pin.version))")
        func list(_ items: [String]) -> String {
            "[\(items.map(string).joined(separator: ", "))]"
        }
        if !pin.extras.isEmpty { fields.append("extras = \(list(pin.extras))") }
        if !pin.plugins.isEmpty { fields.append("plugins = \(list(pin.plugins))") }
        return "{ \(fields.joined(separator: ", ")) }"
    }
}
