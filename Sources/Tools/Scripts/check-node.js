// Lets node read every JavaScript file of the tree, without running it.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");

const files = [];
function look(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules") look(name);
    if (entry.isFile() && /\.[cm]?js$/.test(entry.name)) files.push(name);
  }
}
look(".");
if (files.length === 0) {
  console.log("0 files");
  process.exit(5);
}
const said = new Array(files.length);
let next = 0;
let isBad = false;
let isBroken = false;
function check() {
  const index = next++;
  if (index >= files.length) return Promise.resolve();
  return new Promise((done) => {
    const child = spawn(process.execPath, ["--check", "--", "./" + files[index]]);
    let words = "";
    child.stderr.on("data", (chunk) => (words += chunk));
    child.on("error", (error) => (words += error.message));
    child.on("close", (code) => {
      if (code !== 0) {
        said[index] = words.trim() || `${files[index]}: node ended with ${code}`;
        isBad = true;
        // Anything but a syntax error is node's own trouble.
        if (!words.includes("SyntaxError")) isBroken = true;
      }
      done();
    });
  }).then(check);
}
const places = Array.from({ length: Math.max(1, os.cpus().length) }, check);
Promise.all(places).then(() => {
  for (const words of said) if (words) console.log(words);
  console.log(`${files.length} files`);
  process.exitCode = isBroken ? 3 : isBad ? 10 : 0;
});
