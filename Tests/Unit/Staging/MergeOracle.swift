import TestSupport

/// What the `git` program says about merges, many at a time.
struct MergeOracle {
    struct Question {
        var base: [UInt8]
        var ours: [UInt8]
        var theirs: [UInt8]
    }

    /// The merged text for each question; nil where both sides meet on the same lines.
    static func answers(to questions: [Question]) throws -> [[UInt8]?] {
        let scratch = try Scratch()
        for (number, question) in questions.enumerated() {
            try scratch.write("\(number).base", question.base)
            try scratch.write("\(number).ours", question.ours)
            try scratch.write("\(number).theirs", question.theirs)
        }
        try scratch.shell(
            """
            for file in *.ours; do
                name=${file%.ours}
                git merge-file -p "$name.ours" "$name.base" "$name.theirs" >"$name.merged" ||
                    rm "$name.merged"
            done
            """)
        return questions.indices.map { scratch.read("\($0).merged") }
    }
}
