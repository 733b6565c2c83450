// Parses every JavaScript file of the tree with node's own parser, without running any.
//
// `node --check` exits with 0 for a file that may be a module or a script (`.js` where no package.json
// says `type`) as soon as it holds `import` or `export`, whatever else is in it. So each file is
// compiled here the way node would load it, one that may be either as both.
//
// What is no language of node's, JSX, Flow and decorators, is read by a parser among the project's own
// packages; where there is none, such files are named as not read, and the status is 6. Where the job selects
// files, HOOKS_FILES is a file with their names, each ended by a NUL byte.
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vm = require("node:vm");
const { createRequire } = require("node:module");

const listed = process.env.HOOKS_FILES;
const selected = listed && new Set(fs.readFileSync(listed, "utf8").split("\0"));
const files = [];
function look(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules" && entry.name !== ".git") look(name);
    if (entry.isFile() && /\.[cm]?js$/.test(entry.name) && (!selected || selected.has(name))) {
      files.push(name);
    }
  }
}
look(".");

const types = new Map();
// The `type` of the nearest package.json: `module`, `commonjs`, or nothing.
function typeOf(folder) {
  if (types.has(folder)) return types.get(folder);
  let type;
  try {
    type = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8")).type;
    if (type !== "module" && type !== "commonjs") type = "";
  } catch (error) {
    if (error instanceof SyntaxError) type = "";
    else type = folder === "." ? "" : typeOf(path.dirname(folder));
  }
  types.set(folder, type);
  return type;
}

// The words of node about a module that it does not compile: only in them it says where.
function said(text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "check-node-"));
  const copy = path.join(folder, "copy.mjs");
  try {
    fs.writeFileSync(copy, text);
    const { stderr } = spawnSync(process.execPath, ["--check", copy], { encoding: "utf8" });
    return stderr.slice(Math.max(0, stderr.indexOf(copy + ":"))).replace(copy, "");
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

// The error of a file, as a script or as a module; undefined if there is none.
function compiled(text, name, asModule) {
  try {
    if (asModule) new vm.SourceTextModule(text, { identifier: name });
    else {
      const parameters = ["exports", "require", "module", "__filename", "__dirname"];
      vm.compileFunction(text.replace(/^#!/, "//"), parameters, { filename: name });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { message: error.message, words: asModule ? undefined : error.stack.replace(name, "") };
  }
}

const ofModules =
  /import statement outside|Unexpected token 'export'|import\.meta|await is only valid|has already been declared/;
function errorOf(text, name) {
  if (name.endsWith(".mjs")) return compiled(text, name, true);
  if (name.endsWith(".cjs")) return compiled(text, name, false);
  const type = typeOf(path.dirname(name));
  if (type) return compiled(text, name, type === "module");
  const asScript = compiled(text, name, false);
  const asModule = asScript && compiled(text, name, true);
  return asModule && (ofModules.test(asScript.message) ? asModule : asScript);
}

// Where an error is: its line from 1, its column from 0, and the line's text.
function placeOf(error, text) {
  const lines = (error.words || said(text)).split("\n");
  const number = Number((/^:(\d+)$/.exec(lines[0]) || [])[1]) || 1;
  const column = Math.max(0, (lines[2] || "").indexOf("^"));
  return { line: number, column, text: text.split(/\r\n|\n|\r/)[number - 1] || "" };
}

// Whether the parser failed at JSX, a decorator or a type, or the file is marked as Flow.
function isForeign(error, place, text) {
  if (/^\s*(\/\/|\/\*)[^]*?@flow\b/.test(text.slice(0, 2000))) return true;
  if (/^\s*(import|export)\s+(type|typeof|opaque)\b/.test(place.text)) return true;
  const rest = place.text.slice(place.column);
  if (/^@[A-Za-z_$]/.test(rest)) return true;
  return error.message.startsWith("Unexpected token '<'") && /^<(\/?[A-Za-z_$]|>)/.test(rest);
}

// The project's own parsers for JSX: a function that returns the error, or undefined.
function ownParser() {
  const load = createRequire(path.join(process.cwd(), "package.json"));
  const ways = [
    ["@babel/parser", (babel) => (text) => {
      const plugins = ["jsx", "flow", "decorators-legacy"];
      try {
        babel.parse(text, { sourceType: "unambiguous", allowReturnOutsideFunction: true, plugins });
      } catch (error) {
        return { line: error.loc ? error.loc.line : 1, message: error.message };
      }
    }],
    ["typescript", (ts) => (text, name) => {
      const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JSX);
      const first = source.parseDiagnostics[0];
      if (!first) return undefined;
      const line = source.getLineAndCharacterOfPosition(first.start).line + 1;
      return { line, message: ts.flattenDiagnosticMessageText(first.messageText, " ") };
    }],
    ["esbuild", (esbuild) => (text) => {
      try {
        esbuild.transformSync(text, { loader: "jsx", logLevel: "silent" });
      } catch (error) {
        const first = (error.errors || [])[0];
        if (!first) throw error;
        return { line: first.location ? first.location.line : 1, message: first.text };
      }
    }],
    ["espree", (espree) => (text) => {
      try {
        espree.parse(text, {
          ecmaVersion: "latest", sourceType: "module", ecmaFeatures: { jsx: true },
        });
      } catch (error) {
        return { line: error.lineNumber || 1, message: error.message };
      }
    }],
  ];
  for (const [name, way] of ways) {
    try {
      return way(load(name));
    } catch {
      continue;
    }
  }
  return undefined;
}

let isBad = false;
let parser;
const unread = [];
function report(name, line, message, text) {
  isBad = true;
  console.log(`${name}:${line}: SyntaxError: ${message}`);
  if (text.trim()) console.log(`    ${text.trim()}`);
}
for (const name of files) {
  const text = fs.readFileSync(name, "utf8");
  const error = errorOf(text, name);
  if (!error) continue;
  const place = placeOf(error, text);
  if (!isForeign(error, place, text)) {
    report(name, place.line, error.message, place.text);
    continue;
  }
  parser = parser || { read: ownParser() };
  if (!parser.read) {
    unread.push(name);
    continue;
  }
  const found = parser.read(text, name);
  if (found) report(name, found.line, found.message, text.split("\n")[found.line - 1] || "");
}
const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
const read = files.length - unread.length;
for (const name of unread) console.log(`${name}: not read: JSX, Flow or a decorator, and no parser for it is installed`);
console.log(count(read, "file") + (unread.length ? `, ${unread.length} not read` : ""));
process.exitCode = isBad ? 10 : unread.length ? 6 : read === 0 ? 5 : 0;
