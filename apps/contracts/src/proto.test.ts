import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { taskService, watchTasks } from "./proto.ts";

const folder = fileURLToPath(new URL("../proto", import.meta.url));
/** The published proto before the last change of it. */
const before = fileURLToPath(new URL("../proto-history", import.meta.url));
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

test("a client of the published proto keeps working, on the wire and in generated code", () => {
  const config = JSON.stringify({ version: "v2", breaking: { use: ["FILE"] } });
  const run = spawnSync(
    process.execPath,
    [buf, "breaking", folder, "--against", before, "--config", config, "--against-config", config],
    { encoding: "utf8" },
  );
  expect({ output: run.stdout + run.stderr, status: run.status }).toEqual({ output: "", status: 0 });
});

test("the proto promises the heartbeat that the services use", () => {
  const [seconds] =
    /heartbeat arrives every (\d+) seconds/.exec(readFileSync(taskService.proto, "utf8"))?.slice(1) ?? [];
  expect(Number(seconds)).toBe(watchTasks.heartbeatSeconds);
});
