import Foundation
import Reporting
import SystemPackage
import Testing

@Suite struct JSONRendererTests {
    @Test func everyEventIsOneObject() {
        let recording = Recording()
        let renderer = JSONRenderer(recording.descriptor)
        renderer.handle(
            .planned([PlannedJob(name: "black", files: 2), PlannedJob(name: "b", files: 0)]))
        renderer.handle(.started(job: 0))
        renderer.handle(.finished(job: 1, JobReport(status: .skipped, reason: "merge")))
        renderer.handle(
            .finished(
                job: 0,
                JobReport(
                    status: .fixed, files: 2, fixedFiles: ["a.py"], elapsed: .milliseconds(410),
                    hints: ["x"], output: [0x61, 0xFF, 0x1B], diff: Array("-a\n".utf8))))
        renderer.handle(.file(FileNote(path: "a.py", text: "kept")))
        renderer.handle(.note("done"))
        renderer.handle(.ended(Summary(message: "ok", exitStatus: .signal(15))))
        renderer.report(SampleError())
        #expect(
            recording.text == """
                {"event":"planned","jobs":[{"name":"black","files":2},{"name":"b","files":0}]}
                {"event":"started","job":0,"name":"black"}
                {"event":"finished","job":0,"name":"black","status":"fixed","files":2,\
                "detail":null,"fixed_files":["a.py"],"elapsed_ms":410,"reason":null,"hints":["x"],\
                "output":"a\u{FFFD}\\u001b","diff":"-a\\n"}
                {"event":"finished","job":1,"name":"b","status":"skipped","files":0,\
                "detail":null,"fixed_files":[],"elapsed_ms":0,"reason":"merge","hints":[],"output":"","diff":""}
                {"event":"file","path":"a.py","text":"kept"}
                {"event":"note","text":"done"}
                {"event":"ended","message":"ok","hints":[],"exit_status":143}
                {"event":"error","message":"unknown key `fles`\\u001b",\
                "hints":["did you mean `files`?"],"exit_status":2}

                """)
    }

    @Test func pythonReadsHostileStringsBack() throws {
        var source = HostileBytes(seed: 17)
        var strings = ["\u{0}", "\u{2028}", "\"\\/", "\u{10FFFF}", ""]
        for _ in 0..<1000 { strings.append(String(decoding: source.make(), as: UTF8.self)) }
        let lines = strings.map { string in
            let members: [(key: String, value: JSON)] = [
                (string, .string(string)), ("list", .array([.null, .boolean(true), .integer(-1)])),
            ]
            return JSON.object(members).text
        }
        #expect(lines.allSatisfy { !$0.contains("\n") && !$0.contains("\u{1B}") })
        let program = """
            import json, sys
            for line in sys.stdin.buffer.read().decode("utf-8").split("\\n")[:-1]:
                value = json.loads(line)
                assert value.pop("list") == [None, True, -1]
                (key, text), = value.items()
                assert key == text
                print(text.encode("utf-8").hex())
            """
        let output = try python(program, input: lines.map { $0 + "\n" }.joined())
        let expected = strings.map { string in
            string.utf8.map { String(format: "%02x", $0) }.joined() + "\n"
        }.joined()
        #expect(output == expected)
    }

    @Test func indentedValuesHaveAMemberALine() {
        let value = JSON.object([
            ("a", .array([.integer(1), .string("two")])), ("empty", .object([])),
            ("list", .array([.object([("b", .null)]), .boolean(true)])),
        ])
        let expected = """
            {
              "a": [1, "two"],
              "empty": {},
              "list": [
                {
                  "b": null
                },
                true
              ]
            }
            """
        #expect(value.indented == expected)
    }

    private func python(_ program: String, input: String) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(
            path: "reporting-\(UUID().uuidString).json")
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self)
    }
}
