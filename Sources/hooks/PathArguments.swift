import Files
import SystemPackage

/// The arguments of the command line as paths, byte for byte.
///
/// Swift and ArgumentParser pass arguments as text, which loses bytes that are not UTF-8; a
/// file name need not be UTF-8.
func filePaths(of words: [String]) -> [FilePath] {
    var raw = rawArguments(after: 1)
    return words.map { word in
        guard let place = raw.firstIndex(where: { String(decoding: $0, as: UTF8.self) == word })
        else { return FilePath(word) }
        return FilePath(bytes: raw.remove(at: place))
    }
}
