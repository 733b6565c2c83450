import Foundation
import TestSupport
import Testing

/// One kind of fault, tried at every point of one thing that hooks does.
struct Campaign: CustomTestStringConvertible, Sendable {
    /// What is done: a file of `Tests/Trust/Faults`.
    var subject: String
    /// The fault in words.
    var title: String
    /// What the tracer is told, without the point.
    var options: [String]
    /// A signal that the program can answer; nil for any other fault.
    var signal: Int32?
    /// In the short mode every so many points are tried.
    var step = 1
    /// What the program makes of a fault that is there from the first point on, for good.
    var lasting: Lasting?

    enum Lasting: String { case worked, refused }

    /// The same with more for the tracer.
    func with(_ more: [String]) -> Campaign {
        var campaign = self
        campaign.options += more
        return campaign
    }

    var testDescription: String { "\(subject), \(title)" }

    /// What was tried and what did not go well.
    struct Result {
        var tried = 0
        var complaints: [String] = []
        var survived: Int { tried - complaints.count }
    }

    /// Tries the points, each in a copy of the prepared repository.
    func run() throws -> Result {
        let bench = try Bench(subject)
        var result = Result()
        if lasting != nil {
            let (complaint, isHit) = try bench.play(self, at: 1)
            return isHit ? Result(tried: 1, complaints: complaint.map { [$0] } ?? []) : result
        }
        let stride = Tested.isLong ? 1 : step
        // Campaigns with the same step do not all try the same points.
        var point = Tested.isLong ? 1 : 1 + abs(title.utf8.reduce(0) { $0 &+ Int($1) }) % step
        while true {
            let (complaint, isHit) = try bench.play(self, at: point)
            if !isHit { break }
            result.tried += 1
            if let complaint { result.complaints.append("at \(point): \(complaint)") }
            point += stride
        }
        return result
    }
}

/// A prepared repository, and what plays one fault on a copy of it.
private final class Bench {
    private let scratch: Scratch
    private let environment: [String: String]

    init(_ subject: String) throws {
        scratch = try Scratch()
        let faults = Tested.project.appending(path: "Tests/Trust/Faults")
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        let program = try Tested.binary()
        let tools = try Tested.tools()
        environment = [
            "PATH": "\(program.deletingLastPathComponent().path):/usr/bin:/bin",
            "PROGRAM": program.path, "TRACER": tests.appending(path: "FaultTracer").path,
            "FAULTS": faults.path, "TOOLS": tools.path,
            "WHEELS": tools.deletingLastPathComponent().appending(path: "wheels").path,
            "PREPARED": scratch.url.path + "/prepared",
        ]
        for step in ["prepare", "reference"] {
            let said = try shell([subject, step], in: step == "prepare" ? "prepared" : step)
            guard said.isEmpty else { throw Unexpected("\(subject), \(step): \(said)") }
        }
    }

    private func shell(
        _ words: [String], in base: String, _ more: [String: String] = [:]
    ) throws -> String {
        let place = ["BASE": scratch.url.path + "/" + base]
        let variables = environment.merging(more) { $1 }.merging(place) { $1 }
        let script = (environment["FAULTS"] ?? "") + "/point.sh"
        return try scratch.run(
            ["sh", script] + words, environment: variables
        ).text
    }

    /// What was not as promised, if anything, and whether there was such a point at all.
    func play(_ campaign: Campaign, at point: Int) throws -> (complaint: String?, isHit: Bool) {
        let name = "p\(point)"
        defer { try? FileManager.default.removeItem(at: scratch.url.appending(path: name)) }
        var more = campaign.signal.map { ["SIGNAL": String($0)] } ?? [:]
        if let lasting = campaign.lasting { more["LASTING"] = lasting.rawValue }
        let text = try shell(
            [campaign.subject] + campaign.options + ["--at", String(point)], in: name, more)
        var lines = text.split(separator: "\n")
        guard let report = lines.popLast(), report.hasPrefix("points ") else {
            throw Unexpected("\(campaign) at \(point) had no result: \(text)")
        }
        let isHit = !report.contains(";hit -;")
        let complaint = lines.isEmpty ? nil : lines.joined(separator: "\n") + "\n\(report)"
        return (complaint, isHit)
    }
}
