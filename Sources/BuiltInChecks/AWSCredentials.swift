internal import Checks

/// Finds the user's own AWS keys, which are read from the configuration of AWS's programs and from
/// the environment.
struct AWSCredentials: PythonCheck {
    static let name = "aws-credentials"
    static let summary = "Finds your own AWS secrets in files."
    static let standsFor: String? = "detect-aws-credentials"
    static let differences = [
        "A `%` in a secret is a character like any other; pre-commit-hooks crashes."
    ]
    static let types = ["text"]
    static let options = [
        CheckOption("--credentials-file", "FILE", "Another file with secrets; can be repeated."),
        CheckOption(
            "--allow-missing-credentials", nil, "Passes if there are no secrets to look for."),
    ]
    static let examples = [
        Example(
            "without any secrets it fails", path: "a.txt", text: "one\n",
            .finds([
                Finding(
                    message: "no AWS secrets were found to look for; "
                        + "see `--credentials-file` and `--allow-missing-credentials`")
            ])),
        Example(
            "unless that is allowed",
            ["--credentials-file=/no/such/file", "--allow-missing-credentials"], path: "a.txt",
            text: "one\n", .passes),
    ]
    static let script = """
        import configparser

        FILES = '~/.aws/config ~/.aws/credentials /etc/boto.cfg ~/.boto'.split()
        PLACES = (
            'AWS_CONFIG_FILE AWS_CREDENTIAL_FILE AWS_SHARED_CREDENTIALS_FILE BOTO_CONFIG'.split())
        NAMES = 'aws_secret_access_key aws_security_token aws_session_token'.split()

        def begin(options):
            files = FILES + options['files']
            files += [os.environ[name] for name in PLACES if name in os.environ]
            known = set(filter(None, (os.environ.get(name.upper()) for name in NAMES)))
            for file in set(files):
                parser = configparser.ConfigParser(interpolation=None)
                try:
                    parser.read(os.path.expanduser(file))
                except configparser.MissingSectionHeaderError:
                    continue
                for section in parser.sections():
                    known.update(parser.get(section, name, fallback='').strip() for name in NAMES)
            known.discard('')
            options['secrets'] = sorted(known)
            if not known and not options['may be missing']:
                yield (
                    'no AWS secrets were found to look for; '
                    'see `--credentials-file` and `--allow-missing-credentials`')

        def check(content, options):
            for secret in options['secrets']:
                place = content.find(secret.encode())
                if place >= 0:
                    line = content.count(b'\\n', 0, place) + 1
                    yield line, 'AWS secret ' + secret[:4].ljust(28, '*')
        """

    let asksTheUser = true
    let scriptOptions: String

    init(arguments: [String]) throws(CheckArgumentError) {
        let given = try Self.read(arguments)
        let files = given.filter { $0.name == "--credentials-file" }.map(\.value.pythonLiteral)
        let mayBeMissing = given.contains { $0.name == "--allow-missing-credentials" }
        scriptOptions =
            "{'files': [\(files.joined(separator: ", "))], "
            + "'may be missing': \(mayBeMissing ? "True" : "False")}"
    }
}
