internal import Remembering
internal import Reporting

/// Statistics of the stored runs, compared with the budgets.
struct Statistics {
    /// Times of one kind.
    struct Times {
        var count: Int
        /// The median and the 95th percentile, in milliseconds.
        var median: Int
        var most: Int
        var budget: Int
    }

    /// Whole runs of `hooks ship` that passed.
    var ship: Times?
    /// Runs of the jobs in the phase `test`.
    var tests: Times?
    /// The percentage of passed runs among the last runs, and their number. Counted are runs that
    /// passed or in which a job failed, without skipped jobs.
    var passed: (percent: Int, of: Int)?

    /// The name of a dry run in the log.
    static let dryRun = "ship --dry-run"

    /// How many of the last runs are counted.
    private static let window = 100

    init(_ records: [RunRecord], budget: Duration) {
        let whole = records.filter {
            $0.job.isEmpty && $0.by != Self.dryRun && ["passed", "failed"].contains($0.status)
        }.suffix(Self.window)
        let shipped = whole.filter { $0.by == "ship" && $0.status == "passed" }
        ship = Self.times(shipped.map(\.milliseconds), Int(budget.wholeMilliseconds))
        let tests = records.filter {
            $0.phase == "test" && !$0.job.isEmpty
                && ($0.status == "passed" || $0.status == "failed")
        }
        self.tests = Self.times(tests.suffix(Self.window).map(\.milliseconds), 120_000)
        if !whole.isEmpty {
            let good = whole.count { $0.status == "passed" }
            passed = (good * 100 / whole.count, whole.count)
        }
    }

    private static func times(_ all: [Int], _ budget: Int) -> Times? {
        guard !all.isEmpty else { return nil }
        let sorted = all.sorted()
        func quantile(_ percent: Int) -> Int {
            sorted[min(sorted.count - 1, (sorted.count * percent + 99) / 100 - 1)]
        }
        return Times(
            count: sorted.count, median: quantile(50), most: quantile(95), budget: budget)
    }
}

extension Duration {
    /// In whole milliseconds.
    var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
