import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { configKeys, secretConfigKeys } from "../../infra/environment/config-keys.ts";
import { deployProblems } from "../../tools/plan/environment/index.ts";
import { digestText, inventory, planEnvironment } from "../../tools/plan/index.ts";
import { render } from "../../tools/render/index.ts";
import { environments, root } from "./plan-of.ts";

/** A value that nothing else contains. */
const canary = "c4".repeat(32);

let folder: string;

/** A copy of the stack files, with a value for every key that must be secret. */
function writeStackFiles(value: unknown): void {
  cpSync(join(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  for (const name of environments) {
    const file = `Pulumi.${name}.yaml`;
    const content = parse(readFileSync(join(root, file), "utf8")) as { config: Record<string, unknown> };
    for (const key of secretConfigKeys) content.config[`task-platform:${key}`] = value;
    writeFileSync(join(folder, file), stringify(content));
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(environments)(
  "%s can be planned, rendered and judged with every secret encrypted",
  async (name) => {
    writeStackFiles({ secure: "v1:bm9uY2U=:Y2lwaGVy" });
    const plan = await planEnvironment(name, { root: folder });
    // The golden file was written without secrets.
    const golden = readFileSync(join(root, "tests", "goldens", `${name}.inventory.txt`), "utf8");
    expect(inventory(plan)).toBe(golden);
    for (const key of secretConfigKeys) {
      expect(plan.config[`task-platform:${key}`]).toBe("[secret]");
      expect((await deployProblems(name, folder)).join("\n")).not.toContain(key);
    }
    const rendering = render(plan);
    const shown = [
      digestText(plan),
      JSON.stringify(rendering.kubernetes),
      JSON.stringify(rendering.terraform),
    ];
    expect(shown.filter((text) => text.includes("planned-secret"))).toEqual([]);
  },
);

test.each(environments)(
  "a secret of %s in clear text is refused, and no message repeats it",
  async (name) => {
    writeStackFiles(canary);
    const refusal = await planEnvironment(name, { root: folder }).then(
      () => "planned",
      (error: unknown) => String(error),
    );
    for (const key of secretConfigKeys) {
      expect(refusal).toContain(`task-platform:${key} (Pulumi.${name}.yaml): got a secret in clear text`);
      expect(refusal).toContain(`pulumi config set --secret ${key} <new value> --stack ${name}`);
    }
    expect(refusal).not.toContain(canary);
    expect((await deployProblems(name, folder)).join("\n")).not.toContain(canary);
  },
);

test("a plan shows no value of a key that is secret, and no password of an address, whoever gave it", async () => {
  const config = Object.fromEntries([
    ...secretConfigKeys.map((key): [string, string] => [key, canary]),
    ["aws:secretKey", canary],
    ["aws:httpProxy", `http://user:${canary}@proxy.acme.io`],
  ]);
  const text = digestText(await planEnvironment("prod", { config }));
  expect(text).not.toContain(canary);
  expect(text).toContain("http://***@proxy.acme.io");
});

test.each(Object.entries(configKeys).filter(([, { allowed }]) => allowed.includes("URL")))(
  "%s: a refused address does not show its password",
  async (key) => {
    const config = { [key]: `https://user:${canary}@acme.io` };
    const refusal = await planEnvironment("prod", { config }).catch((error: unknown) => String(error));
    expect(refusal).toContain(`task-platform:${key} (Pulumi.prod.yaml): got "https://***@acme.io"`);
    expect(refusal).not.toContain(canary);
  },
);
