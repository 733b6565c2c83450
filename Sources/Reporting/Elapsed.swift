extension Duration {
    /// Whole milliseconds; 0 for a negative time, the largest number for one that has no end.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        guard seconds < Int64(Int.max / 1000) else { return Int.max }
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}

/// How long something took, to three digits or so: `12 ms`, `0.41 s`, `12.3 s`, `2m 05s`.
func elapsedText(_ elapsed: Duration) -> String {
    let milliseconds = elapsed.milliseconds
    if milliseconds < 100 { return "\(milliseconds) ms" }
    if milliseconds >= 9_995 { return tenthsText(elapsed) }
    let hundredths = (milliseconds + 5) / 10
    return "\(hundredths / 100).\(twoDigits(hundredths % 100)) s"
}

/// How long something has been running: `0.4 s`, `12.3 s`, `2m 05s`.
func tenthsText(_ elapsed: Duration) -> String {
    let milliseconds = elapsed.milliseconds
    if milliseconds >= 59_950 {
        let seconds = milliseconds / 1000 + (milliseconds % 1000 >= 500 ? 1 : 0)
        return "\(seconds / 60)m \(twoDigits(seconds % 60))s"
    }
    let tenths = (milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) s"
}

private func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
