internal import Checks
internal import Planning

/// A kind of job whose passes can be remembered, because all that they depend on can be told.
protocol RecordedKind: JobKind {
    /// What the result of a job depends on beside its name, its arguments and the files; nil when
    /// not all of it can be told.
    func recipe(of step: Int, in facts: Facts) throws -> [String]?
}

extension CheckKind: RecordedKind {
    func recipe(of step: Int, in facts: Facts) throws -> [String]? {
        facts.job(at: step).selection.words
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
