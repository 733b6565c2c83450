import Testing

@testable import Configuration

struct DurationTests {
    @Test(arguments: [
        ("2m", Duration.seconds(120)), ("30s", .seconds(30)), ("500ms", .milliseconds(500)),
        ("1h", .seconds(3600)), ("1m30s", .seconds(90)), ("1h1m1s1ms", .milliseconds(3_661_001)),
        ("0s", .zero), ("999999999h", .seconds(3_599_999_996_400)),
    ])
    func unitsAreAdded(text: String, duration: Duration) {
        #expect(Duration(spelled: text) == duration)
    }

    @Test(arguments: [
        "", "2", "m", "2 m", "-2m", "2.5m", "30s1m", "1m1m", "2min", "9999999999s", "2m ", "٢m",
        "1e3s",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(Duration(spelled: text) == nil)
    }
}
