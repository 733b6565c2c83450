import Files
import SystemPackage

/// The paths that the words of the command line are, byte for byte.
///
/// Swift and ArgumentParser hand words on as text, in which bytes that are not UTF-8 are lost; a
/// name of a file need not be text.
func filePaths(of words: [String]) -> [FilePath] {
    var raw = rawArguments(after: 1)
    return words.map { word in
        guard let place = raw.firstIndex(where: { String(decoding: $0, as: UTF8.self) == word })
        else { return FilePath(word) }
        return FilePath(bytes: raw.remove(at: place))
    }
}
