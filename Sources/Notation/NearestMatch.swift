/// Finds the nearest known word.
package enum NearestMatch {
    /// The candidate with the fewest typing errors from `word`, or `nil` if none is near.
    ///
    /// Case does not count, and `_` counts as `-`. A longer word may have more errors, three at
    /// most. Of equally near candidates the first is taken.
    package static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = folded(word)
        guard wanted.count <= 64 else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates {
            let known = folded(candidate)
            let limit = min(allowance(wanted.count), (best?.distance ?? .max) - 1)
            guard abs(known.count - wanted.count) <= limit else { continue }
            let found = distance(wanted, known)
            if found <= limit {
                best = (candidate, found)
            }
        }
        return best?.candidate
    }

    private static func folded(_ word: String) -> [Unicode.Scalar] {
        word.lowercased().unicodeScalars.map { $0 == "_" ? "-" : $0 }
    }

    private static func allowance(_ length: Int) -> Int {
        switch length {
        case ...2: 0
        case ...5: 1
        case ...8: 2
        default: 3
        }
    }

    /// The Damerau distance with adjacent swaps ("optimal string alignment"): how many insertions,
    /// deletions, substitutions and swaps of neighbours lead from one word to the other.
    package static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices {
            var row = [i + 1]
            row.reserveCapacity(b.count + 1)
            for j in b.indices {
                let substitution = last[j] + (a[i] == b[j] ? 0 : 1)
                var cost = min(substitution, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[b.count]
    }
}
