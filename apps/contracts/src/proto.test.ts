import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../proto", import.meta.url));
const buf = fileURLToPath(import.meta.resolve("@bufbuild/buf/bin/buf"));

test("the proto passes buf's lint", () => {
  // RPCs answer plain resources (Task, Empty), as the requirements name them, so the response-name rules are off.
  const config = JSON.stringify({
    version: "v2",
    lint: {
      use: ["STANDARD"],
      except: ["RPC_REQUEST_RESPONSE_UNIQUE", "RPC_RESPONSE_STANDARD_NAME"],
    },
  });
  const run = spawnSync(process.execPath, [buf, "lint", folder, "--config", config], { encoding: "utf8" });
  expect({ output: run.stdout + run.stderr, status: run.status }).toEqual({ output: "", status: 0 });
});
