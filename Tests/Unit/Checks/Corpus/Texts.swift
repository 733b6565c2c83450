extension Corpus {
    static let python = Corpus(
        ".py",
        texts: [
            "", "\n", "x = 1\n", "import pdb\n", "from pdb import set_trace\n", "import pdb.x\n",
            "import os, ipdb as i\n", "def f():\n    breakpoint()\n", "x.breakpoint()\n",
            "breakpoint\n", "from . import pdb\n", "from .pdb import a\n", "import q\n",
            "print 'one'\n", "def f(:\n", "  x = 1\n", "if x:\npass\n", "x = (\n", "x = '''\n",
            "x = 'a\n", "async def f():\n    await g()\n", "match x:\n    case 1: pass\n",
            "def f(a, /, b): pass\n", "x: int = 1\n", "exec 'one'\n", "\u{FEFF}x = 1\n",
            "# -*- coding: latin-1 -*-\nx = 1\n", "# -*- coding: nonsense -*-\nx = 1\n",
            "\"\"\"One.\"\"\"\nimport os\n", "import os\n\"\"\"One.\"\"\"\n",
            "\"one\"\n'two'\n", "# a\n\n'one'\n", "x = 1\n'one'\n", "x = \\\n'one'\n", "f'one'\n",
            "import os\nf'one'\n", "def f():\n    'one'\n", "'one'; import os\n", "(\n'one')\n",
            "int()\n", "x = dict()\n", "x = dict(a=1)\n", "x = dict(**y)\n", "list([])\n",
            "x = list(); y = str(); z = tuple(); c = complex(); f = float()\n", "f(dict())\n",
            "dict()()\n", "builtins.dict()\n", "dict\n", "class A(dict): pass\n",
            "x = \"one\"\n", "x = \"it's\"\n", "x = 'one'\n", "x = \"\\\"\"\n", "x = r\"one\"\n",
            "x = b\"one\"\n", "x = f\"one\"\n", "x = f\"{y['a']}\"\n", "x = \"\"\n",
            "x = \"\"\"one\"\"\"\n", "x = \"a\" \"b\"\n", "x = \"one\\\ntwo\"\n", "\"é\" + \"語\"\n",
            "x = \"a\"\r\ny = \"b\"\r\n", "x = \"a\" # \"b\"\n", "x = U\"a\"\n", "x = Rb\"a\"\n",
            "x = \"a", "if x:\n\ty = \"a\"\n        z = \"b\"\n",
        ],
        bytes: [
            [0x78, 0x3D, 0x31, 0x00, 0x0A], [0x78, 0x3D, 0x22, 0xFF, 0x22, 0x0A], [0x0C, 0x0A],
        ])

    static let json = Corpus(
        ".json",
        texts: [
            "", " ", "{}", "[]\n", "{}\n", "null\n", "1\n", "\"a\"\n", "{\"a\": 1}\n",
            "{\"a\": 1, \"a\": 2}\n", "{\"b\": {\"a\": 1, \"a\": 1}}\n", "{'a': 1}\n",
            "{\"a\": 1,}\n", "[1, 2,]\n", "[1 2]\n", "{\"a\" 1}\n", "{a: 1}\n", "// one\n{}\n",
            "/* */ {}\n", "NaN\n", "[Infinity, -Infinity]\n", "nan\n", "[01]\n", "[1.]\n", "[.1]\n",
            "[1e5, 1E+5, -0, -0.0, 1e400]\n", "[+1]\n", "[1e]\n", "\"\\u00e9\\ud83d\\ude00\"\n",
            "\"\\ud83d\"\n", "\"\\x\"\n", "\"a\tb\"\n", "\"a\nb\"\n", "[\"é語\"]\n", "{} {}\n",
            "\u{FEFF}{}\n", "{\"\": 1}\n", "{\"a\": [1, {\"b\": null}], \"c\": true}\n",
            "{\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}", "{\n    \"a\": 1\n}\n",
            "{\r\n  \"a\": 1\r\n}\r\n",
            "{\"b\": 1, \"a\": 2, \"z\": 0}\n", "{\n  \"a\": \"é\"\n}\n", "[[[[[]]]]]\n",
            "[12345678901234567890, 1.0, 1.10]\n", "tru\n", "[true, false, null]\n", "{\"a\":\n",
            "\"\\/\\b\\f\\n\\r\\t\\\\\\\"\"\n", "[1]\u{A0}\n", "\u{C}[1]\n",
            String(repeating: "[", count: 5000), "{\"a\": {}, \"b\": []}\n",
        ],
        bytes: [
            [0xFF, 0x0A], [0x22, 0xFF, 0x22], [0x7B, 0x00, 0x7D, 0x00],
            [0xFE, 0xFF, 0, 0x5B, 0, 0x5D],
        ])

    static let toml = Corpus(
        ".toml",
        texts: [
            "", "a = 1\n", "a = 1\na = 2\n", "[a]\n[a]\n", "[a]\nb = 1\n[a.b]\n",
            "a.b = 1\na.c = 2\n",
            "a = {b = 1, c = 2}\n", "a = {b = 1,}\n", "a = {\nb = 1}\n", "a = [1, 2,]\n",
            "a = [1 2]\n",
            "a = 'b'\n", "a = \"b\\u00e9\"\n", "a = \"\\q\"\n", "a = '''\nb\n'''\n",
            "a = \"\"\"b\"\"\"\"\n",
            "a = 1979-05-27T07:32:00Z\n", "a = 1979-05-27\n", "a = 07:32:00\n", "a = 1979-13-01\n",
            "a = 0x1F\nb = 0o7\nc = 0b1\n", "a = 01\n", "a = 1_000\n", "a = 1__0\n", "a = +1\n",
            "a = 1.0e3\n", "a = .5\n", "a = 5.\n", "a = inf\nb = -nan\n", "a = true\n",
            "a = True\n",
            "[[a]]\nb = 1\n[[a]]\nb = 2\n", "a = []\n[[a]]\n", "[a.b]\n[a]\n", "'a b' = 1\n",
            "a b = 1\n",
            "= 1\n", "a =\n", "a = 1 b = 2\n", "# one\n", "a = 1 # one\n", "a = \"b\n", "[a\n",
            "[a]]\n",
            "a = \"\\ud800\"\n", "a = 1\r\nb = 2\r\n", "a = 1\rb = 2\n", "\u{FEFF}a = 1\n",
            "a = \"\u{1}\"\n",
            "a = \"\t\"\n", "é = 1\n", "\"é\" = 1\n", "a = 9223372036854775808\n", "[a]b = 1\n",
            "[tool.black]\nline-length = 88\ninclude = '\\.pyi?$'\n[tool.isort]\nprofile = 'black'\n",
        ], bytes: [[0x61, 0x3D, 0x22, 0xFF, 0x22], [0x61, 0x3D, 0x31, 0x00]])

    static let xml = Corpus(
        ".xml",
        texts: [
            "", "<a/>", "<a></a>\n", "<a>", "<a></b>", "<a b='1' b='2'/>", "<a b=1/>", "text",
            "<?xml version='1.0'?>\n<a/>\n", "\n<?xml version='1.0'?>\n<a/>\n", "<a/><b/>",
            "<?xml version='1.0' encoding='latin-1'?><a/>",
            "<?xml version='1.0' encoding='x'?><a/>",
            "<a>&amp;&lt;</a>", "<a>&nbsp;</a>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            "<!DOCTYPE a SYSTEM 'none.dtd'><a>&b;</a>", "<!DOCTYPE a SYSTEM 'none.dtd'><a/>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'none'>]><a>&b;</a>", "<a><![CDATA[<b>]]></a>",
            "<a>]]></a>", "<!-- a -- b --><a/>", "<!-- a --><a/>", "<a xmlns:b='c'><b:d/></a>",
            "<a><b:d/></a>", "<1/>", "<é/>", "<a>&#0;</a>", "<a>&#233;</a>", "<a\n>\n</a\n>\n",
            "<a b='<'/>", "<a b='&'/>", "<?xml version='1.1'?><a/>", "\u{FEFF}<a/>", "<a>\u{1}</a>",
        ],
        bytes: [[0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E], [0x3C, 0x61, 0x2F, 0x3E, 0x00]])

    static let requirements = Corpus(
        ".txt",
        texts: [
            "", "\n", " \n\n", "a\n", "a", "b\na\n", "b\na", "B\na\n", "a\nA\n", "b==1\na>=2\n",
            "a==1\na\n", "a\na\n", "a\n# one\na\n", "# one\na\na\n", "# top\n\nb\na\n",
            "# top\nb\na\n", "\n# top\nb\na\n", "\nb\na\n", "b\n\na\n", "b\n\n# of a\na\n# end\n",
            "pkg-resources==0.0.0\na\n", "a\npkg_resources==0.0.0\n", "b\npkg-resources==0.0.0",
            "b \\\n --hash=x\na\n", "b \\\n --hash=x \\\n --hash=y\na \\\n --hash=z\n", "b \\",
            "-e git+https://x/y.git#egg=b\na\n",
            "-e git+https://x/y.git@z#egg=a&subdirectory=q\nb\n",
            "git+https://x/y?c=d&egg=c\nb\n", "b; python_version < '3'\na\n", "b ; x\na\n",
            "b[x]==1\na[y]\n", "b~=1\na!=2\n", "a===1\nA==1\n", "b=1\na=2\n", "-r other.txt\na\n",
            "--index-url x\nb\na\n", "b # note\na # note\n", "b\r\na\r\n", "b\r\na\n", "é\na\n",
            "b\n#c\n\n#d\na\n", "#\n\n\nb\na\n", "# x\n\n# y\nb\na\n", "a-b\na.b\na_b\n",
            "a>1\na<2\n",
            "z\n# one\n\n# two\ny\n# three\n", "b\n \na\n", "b\n  # c\na\n", "a!\nb~\n",
            "b\n\u{C}\na\n",
        ])

    static let lists = Corpus(
        ".txt",
        texts: [
            "", "\n", "\n\n", " ", "a", "a\n", "b\na\n", "b\na", "a\nb\n", "a\nb", "b\n\na\n",
            "a\n\nb\n",
            "B\na\nb\nA\n", "a\na\n", "a\nb\na\n", "b\r\na\r\n", "a\r\nb\r\n", "a \nA\n", " b\na\n",
            "é\nz\n", "a\n \n", "a\r\n\r\nb", "b\u{C}\na\n", "a\r\r\nb\n", "ab\na\n", "É\né\n",
        ], bytes: [[0xFF, 0x0A, 0x80, 0x0A], [0x62, 0x0D, 0x61, 0x0A]])

    static let keys = Corpus(
        "",
        texts: [
            "", "BEGIN RSA PRIVATE KEY", "-----BEGIN DSA PRIVATE KEY-----\n",
            "BEGIN EC PRIVATE KEY",
            "BEGIN OPENSSH PRIVATE KEY", "BEGIN PRIVATE KEY", "PuTTY-User-Key-File-2",
            "PuTTY-User-Key-File-3", "BEGIN SSH2 ENCRYPTED PRIVATE KEY",
            "BEGIN PGP PRIVATE KEY BLOCK",
            "BEGIN PGP PRIVATE KEY", "BEGIN ENCRYPTED PRIVATE KEY", "BEGIN OpenVPN Static key V1",
            "BEGIN OpenVPN Static key V2", "BEGIN PUBLIC KEY", "begin rsa private key",
            "BEGIN  PRIVATE KEY",
            "BEGIN BEGIN RSA PRIVATE KEY", "BEGIN RSA\nPRIVATE KEY", "a\nb\nBEGIN PRIVATE KEY\n",
            "BEGIN CERTIFICATE\nBEGIN EC PRIVATE KEY\n", "BEGIN ", "BEGIN", "PRIVATE KEY",
        ])

    static let links = Corpus(
        ".md",
        texts: [
            "", "https://github.com/a/b/blob/main/c.py#L1", "https://github.com/a/b/blob/main/c.py",
            "https://github.com/a/b/blob/main/c.py#L", "https://github.com/a/b/blob/main/c.py#Lx",
            "https://github.com/a/b/blob/v1.2/c.py#L1",
            "https://github.com/a/b/blob/v1/c/d.py#L10-L12",
            "https://github.com/a/b/blob/0123abc/c.py#L1",
            "https://github.com/a/b/blob/012/c.py#L1",
            "https://github.com/a/b/blob/0123ABCD/c.py#L1",
            "https://github.com/a/b/blob/0123abcx/c#L1",
            "https://github.com/a/b/blob/\(String(repeating: "a", count: 64))/c#L1",
            "https://github.com/a/b/blob/\(String(repeating: "a", count: 65))/c#L1",
            "https://github.com/a/b/tree/main/c.py#L1", "http://github.com/a/b/blob/main/c.py#L1",
            "https://github.com/a/blob/main/c.py#L1", "https://github.com//b/blob/main/c.py#L1",
            "https://github.com/a b/c/blob/main/c.py#L1", "https://github.com/a/b/blob/main/c d#L1",
            "https://github.com/a/b/blob/main/#L1", "https://github.com/a/b/blob/main//#L1",
            "https://github.com/a/b/blob/ma in/c#L1", "https://gitlab.com/a/b/blob/main/c.py#L1",
            "https://git.example.org/a/b/blob/main/c.py#L1",
            "x https://github.com/a/b/blob/main/c#L1)\n",
            "https://github.com/a\n/b/blob/main/c.py#L1", "https://github.com/a/b/blob/main/c\n#L1",
            "https://github.com/https://github.com/a/b/blob/main/c.py#L1",
            "https://github.com/a/b/blob/main/c.py#l1 https://github.com/a/b/blob/main/c.py#L1",
            "https://github.com/a/b/blob/main/c\td#L1", "https://github.com/a/b/blob/main/c##L1",
        ])
}
