import Testing

@testable import Adoption

/// Pins go to the end of their table, and nothing else of the file changes.
@Suite struct ToolPinsTests {
    private func adding(_ text: String) -> String {
        ToolPins.adding(["black = \"1.0\""], to: "tools", in: text)
    }

    @Test func tableAtTheEndGrows() {
        #expect(
            adding("[tools]\nisort = \"5\" # why\n")
                == "[tools]\nisort = \"5\" # why\nblack = \"1.0\"\n")
    }

    @Test func commentsAboveTheNextTableStayThere() {
        #expect(
            adding("[ tools ]\nisort = \"5\"\n\n# jobs\n[jobs.a]\nrun = \"a\"\n")
                == "[ tools ]\nisort = \"5\"\nblack = \"1.0\"\n\n# jobs\n[jobs.a]\nrun = \"a\"\n")
    }

    @Test func tableThatIsMissingIsMade() {
        #expect(adding("") == "[tools]\nblack = \"1.0\"\n")
        #expect(adding("requires = \"0.1\"") == "requires = \"0.1\"\n\n[tools]\nblack = \"1.0\"\n")
    }

    @Test func lineEndingsAreKept() {
        #expect(
            adding("[tools]\r\nisort = \"5\"\r\n")
                == "[tools]\r\nisort = \"5\"\r\nblack = \"1.0\"\r\n")
    }
}
