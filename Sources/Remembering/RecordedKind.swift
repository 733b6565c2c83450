internal import Checks
internal import Planning

/// A kind of job whose results can be cached, because everything that they depend on is known.
protocol RecordedKind: JobKind {
    /// What the result of a job depends on besides its name, its arguments and the files; nil if
    /// not all of it is known.
    func recipe(of step: Int, in facts: Facts) throws -> [String]?
}

extension CheckKind: RecordedKind {
    func recipe(of step: Int, in facts: Facts) throws -> [String]? {
        [type(of: check).name] + facts.job(at: step).selection.words
    }
}

extension PythonCheckKind: RecordedKind {
    func recipe(of step: Int, in facts: Facts) throws -> [String]? {
        check.asksTheUser ? nil : facts.pythonRecipe(check, of: step)
    }
}

extension ToolKind: RecordedKind {
    func recipe(of step: Int, in facts: Facts) throws -> [String]? {
        try facts.programRecipe(of: step)
    }
}

extension CommandKind: RecordedKind {
    func recipe(of step: Int, in facts: Facts) throws -> [String]? {
        try facts.programRecipe(of: step)
    }
}
