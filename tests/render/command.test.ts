import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { repositoryRoot } from "../../tools/plan/index.ts";

const folder = mkdtempSync(join(tmpdir(), "render-command-"));
const out = join(folder, "out");
const manifests = join(out, "kubernetes");

afterAll(() => rmSync(folder, { recursive: true }));

function renderCommand(...args: readonly string[]) {
  const command = join(repositoryRoot, "tools", "render", "main.ts");
  return spawnSync(process.execPath, [command, ...args], { cwd: folder, encoding: "utf8" });
}

let dev: ReturnType<typeof renderCommand>;

beforeAll(() => {
  mkdirSync(manifests, { recursive: true });
  writeFileSync(join(manifests, "099-deployment-of-last-year.yaml"), "kind: Deployment");
  writeFileSync(join(manifests, "kustomization.yaml"), "resources: []");
  dev = renderCommand("dev", "--out", out);
});

test("a wrong command line is refused with every problem in it", () => {
  const { status, stderr } = renderCommand("production", "dev", "--format", "--out");
  expect(status).toBe(2);
  expect(stderr).toContain('environment: got "production"; allowed: dev, dr, prod, staging');
  expect(stderr).toContain("environment: got 2 (production, dev); allowed: one");
  expect(stderr).toContain("option --format: unknown; allowed: --out");
  expect(stderr).toContain("--out: got no value; allowed: a path");
  expect(stderr).toContain("usage: npm run render");
});

test("a rendering is manifests, one Terraform configuration, and the list of resources that are left out", () => {
  expect([dev.status, dev.stderr]).toEqual([0, ""]);
  const configuration = JSON.parse(readFileSync(join(out, "terraform", "main.tf.json"), "utf8")) as object;
  expect(Object.keys(configuration)).toEqual(["terraform", "provider", "variable", "resource"]);
  expect(readdirSync(manifests).length).toBeGreaterThan(5);
  const leftOut = readFileSync(join(out, "left-out.txt"), "utf8").trim().split("\n");
  for (const line of leftOut.filter((text) => !text.startsWith("kubernetes:")))
    expect(dev.stdout).toContain(line);
});

test("a manifest that is no longer made is removed, and other files are kept", () => {
  expect(existsSync(join(manifests, "099-deployment-of-last-year.yaml"))).toBe(false);
  expect(existsSync(join(manifests, "kustomization.yaml"))).toBe(true);
});
