internal import Git
internal import GitIndex
internal import Workplaces

/// The result of each round of fixers: the contents decide whether the fixers come to an end, not
/// the number of rounds.
struct Rounds {
    /// The largest number of rounds that each make new contents.
    static let most = 100

    /// The result of one round.
    private struct Round {
        var state: [Int: ObjectID]
        var versions: [Int]
        /// For each step the positions of the files that it changed in this round.
        var changes: [Set<Int>]
    }

    /// Fixers that never come to an end, and the files that they change again and again.
    struct Quarrel {
        var steps: [Int]
        var files: [Int]
    }

    private var rounds: [Round] = []
    var isEmpty: Bool { rounds.isEmpty }
    private var names: [Int: (version: Int, name: ObjectID)] = [:]

    /// Records a round after which a fixer must still check a file.
    ///
    /// The contents of all files decide: a fixer may read one file to change another. The same
    /// contents lead to the same rounds again.
    ///
    /// - Returns: the fixers that never come to an end, if the contents repeat those of an earlier
    ///   round.
    mutating func note(_ files: [FileState], _ changes: [Set<Int>]) -> Quarrel? {
        let state = contents(of: files)
        let versions = files.map(\.version)
        rounds.append(Round(state: state, versions: versions, changes: changes))
        let earlier = rounds.dropLast().lastIndex { $0.state == state }
        guard let start = earlier ?? (rounds.count < Self.most ? nil : rounds.count - 2) else {
            return nil
        }
        let cycle = rounds[(start + 1)...]
        let moving = versions.indices.filter { versions[$0] != rounds[start].versions[$0] }
        let steps = changes.indices.filter { step in
            cycle.contains { !$0.changes[step].isDisjoint(with: moving) }
        }
        return Quarrel(steps: steps, files: moving)
    }

    /// The hashes of the contents that differ from those at the start, by position.
    private mutating func contents(of files: [FileState]) -> [Int: ObjectID] {
        var state: [Int: ObjectID] = [:]
        for (position, file) in files.enumerated() where file.isChanged {
            if names[position]?.version != file.version {
                names[position] = (file.version, ObjectID(blob: file.now))
            }
            state[position] = names[position]?.name
        }
        return state
    }
}
