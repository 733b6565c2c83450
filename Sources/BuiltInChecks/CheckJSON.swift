internal import Checks

/// Checks that JSON files can be parsed and have no duplicate keys.
struct CheckJSON: PythonCheck {
    static let name = "check-json"
    static let summary = "Checks that JSON files can be parsed and have no duplicate keys."
    static let standsFor: String? = "check-json"
    static let types = ["json"]
    static let examples = [
        Example(
            "a syntax error is found", path: "a.json", text: "{\n  \"a\": 1 \"b\"}\n",
            .finds([Finding(line: 2, message: "Expecting ',' delimiter")])),
        Example(
            "so is a duplicate key", path: "a.json", text: "{\"a\": 1, \"a\": 2}\n",
            .finds([Finding(message: "duplicate key: a")])),
        Example("a file that can be parsed passes", path: "a.json", text: "[1, {}]\n", .passes),
    ]
    static let script = """
        import json

        def unique(pairs):
            known = {}
            for key, value in pairs:
                if key in known:
                    raise ValueError('duplicate key: ' + key)
                known[key] = value
            return known

        def check(content, options):
            json.loads(content, object_pairs_hook=unique)
            return ()
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
