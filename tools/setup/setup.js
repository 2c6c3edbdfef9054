// Plain JavaScript without dependencies, because it runs on the Node of the machine (20 or newer) before the installation.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const stampFile = join(root, "node_modules", ".cache", "task-platform", "installed-lockfile");
const oldestNodeMajor = 20;

function say(line) {
  process.stdout.write(`[set-up] ${line}\n`);
}

function fail(lines) {
  process.stderr.write(`[set-up] ${lines.join("\n         ")}\n`);
  process.exit(1);
}

/** A hash of everything that decides what is installed. A changed npm script must not cause an installation. */
function wantedStamp() {
  const { dependencies, devDependencies, workspaces, overrides, allowScripts } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  return createHash("sha256")
    .update(JSON.stringify([dependencies, devDependencies, workspaces, overrides, allowScripts]))
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function installedStamp() {
  return existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
}

function checkMachine() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < oldestNodeMajor) {
    fail([
      `This machine runs Node ${process.versions.node}; ${oldestNodeMajor} or newer is needed to install the project's own Node 24.`,
      "Install a newer Node from your system's packages, then run the command again.",
    ]);
  }
}

/** Runs `npm ci` when the installed packages do not match the lockfile. */
function installPackages() {
  const wanted = wantedStamp();
  if (installedStamp() === wanted) return;
  say("installing the exact versions of package-lock.json (about a minute the first time) ...");
  const started = Date.now();
  const npm = process.env.npm_execpath;
  const [command, args] = npm ? [process.execPath, [npm, "ci"]] : ["npm", ["ci"]];
  // The warning EBADENGINE is expected: packages require the Node that this step installs.
  const result = spawnSync(command, [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) {
    fail([
      "npm ci failed; its message is above.",
      'The usual cause is that npm cannot reach its server: check the network and the npm setting "registry", then run again.',
    ]);
  }
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, wanted);
  say(`packages installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

function checkNode() {
  const node = join(root, "node_modules", ".bin", "node");
  const result = spawnSync(node, ["--version"], { encoding: "utf8" });
  if (result.status !== 0 || !result.stdout.startsWith("v24.")) {
    fail([
      "The project's own Node 24 (npm package `node`) is not usable on this machine.",
      "Install Node 24 yourself, or allow install scripts for the package `node` (npm config ignore-scripts must be false).",
    ]);
  }
}

/** Downloads Kafka, Redis and the real schema registry with Maven. The script is TypeScript, so Node 24 runs it. */
function prepareBackEnds(purpose) {
  const node = join(root, "node_modules", ".bin", "node");
  const result = spawnSync(node, [join(root, "tools", "local", "prepare.ts"), purpose], { stdio: "inherit" });
  if (result.status !== 0) process.exit(1);
}

/** Installs Checkov, which checks the rendered files. That takes minutes, so only CI does it. */
function prepareChecks() {
  if (process.env.CI !== "true") return;
  const node = join(root, "node_modules", ".bin", "node");
  spawnSync(node, [join(root, "tools", "render", "install-checkov.ts")], { stdio: "inherit" });
}

/** Builds the Pulumi CLI for the tests of the engine, once, where Go is. Without it those tests are skipped. */
function prepareEngine() {
  const node = join(root, "node_modules", ".bin", "node");
  spawnSync(node, [join(root, "tools", "engine", "prepare.ts")], { stdio: "inherit" });
}

const purpose = process.argv[2] ?? "install";
if (!["install", "start", "test"].includes(purpose)) {
  fail([`unknown purpose "${purpose}"; allowed: install, start, test.`]);
}
checkMachine();
installPackages();
checkNode();
if (purpose !== "install") prepareBackEnds(purpose);
if (purpose === "test") {
  prepareChecks();
  prepareEngine();
}
