/// How long a job ran so far: the time in which at least one of its processes ran.
struct Clock {
    private var running = 0
    private var spent = Duration.zero
    private var since = Duration.zero

    var isPaused: Bool { running == 0 }

    /// One more process.
    mutating func start(at now: Duration) {
        if running == 0 { since = now }
        running += 1
    }

    /// One process less.
    mutating func pause(at now: Duration) {
        guard running > 0 else { return }
        running -= 1
        if running == 0 { spent += now - since }
    }

    func time(at now: Duration) -> Duration {
        isPaused ? spent : spent + (now - since)
    }
}
