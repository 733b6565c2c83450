internal import Checks

/// Checks that TOML files can be parsed.
struct CheckTOML: PythonCheck {
    static let name = "check-toml"
    static let summary = "Checks that TOML files can be parsed."
    static let standsFor: String? = "check-toml"
    static let types = ["toml"]
    static let needsPackages = true
    static let examples = [
        Example(
            "a syntax error is found", path: "a.toml", text: "a = 1\na = 2\n",
            .finds([Finding(message: "Cannot overwrite a value (at line 2, column 6)")])),
        Example("a file that can be parsed passes", path: "a.toml", text: "a = 1\n", .passes),
    ]
    static let script = """
        try:
            import tomllib
        except ImportError:
            try:
                import tomli as tomllib
            except ImportError:
                need('tomli')

        def check(content, options):
            tomllib.loads(content.decode('utf-8'))
            return ()
        """

    init(arguments: [String]) throws(CheckArgumentError) {
        _ = try Self.read(arguments)
    }
}
