/// A variable of the configuration that names another file: `include.path`, or
/// `includeIf.CONDITION.path`.
struct Include {
    /// nil if there is none.
    let condition: ArraySlice<UInt8>?

    /// nil for any other variable. Git and libgit2 give section and key in small letters.
    init?(name: ArraySlice<UInt8>) {
        if name.elementsEqual("include.path".utf8) {
            condition = nil
        } else if name.starts(with: "includeif.".utf8), name.reversed().starts(with: "htap.".utf8),
            name.count > "includeif..path".utf8.count
        {
            condition = name.dropFirst("includeif.".utf8.count).dropLast(".path".utf8.count)
        } else {
            return nil
        }
    }

    /// Whether libgit2 evaluates the condition as git does, which was tested with random
    /// conditions. It supports none by URL, and uses the branch of another worktree.
    func isForLibrary(isWorktree: Bool) -> Bool {
        guard let condition else { return true }
        let text = String(decoding: condition, as: UTF8.self)
        if text.hasPrefix("onbranch:") { return !isWorktree && text != "onbranch:" }
        guard let colon = text.firstIndex(of: ":"), ["gitdir", "gitdir/i"].contains(text[..<colon])
        else { return false }
        let pattern = text[text.index(after: colon)...]
        return (pattern.hasPrefix("/") || pattern.hasPrefix("~/")) && !pattern.contains("/.")
    }
}

/// Searches a configuration for includes that only git evaluates correctly.
struct IncludeSearch {
    let isWorktree: Bool
    private(set) var hasFound = false

    init(isWorktree: Bool) { self.isWorktree = isWorktree }

    mutating func look(at name: ArraySlice<UInt8>, path: String) {
        guard let include = Include(name: name) else { return }
        let isForLibrary = include.isForLibrary(isWorktree: isWorktree) && Self.isUsual(path)
        hasFound = hasFound || !isForLibrary
    }

    /// Git also supports `~user/`, `%(prefix)/` and `:(optional)`.
    private static func isUsual(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("%") && !path.hasPrefix(":")
            && (!path.hasPrefix("~") || path.hasPrefix("~/"))
    }
}
