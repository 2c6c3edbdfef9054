import { UsageError } from "@task-platform/runtime/errors";
import { expect, test } from "vitest";
import { loadRole } from "../../apps/task-worker/src/roles/index.ts";
import { workloadRoles } from "../../infra/workloads/index.ts";

const workers = workloadRoles.filter(({ image }) => image === "taskWorkerImage");

test("each row of a worker starts a role that the software has", async () => {
  expect(workers.length).toBeGreaterThan(1);
  for (const { args } of workers) {
    // Without variables every role refuses to start, but only an unknown one refuses its name.
    const refusal = await loadRole(args.slice(1), {}).catch((error: unknown) => error);
    expect(refusal, args.join(" ")).not.toBeInstanceOf(UsageError);
  }
  await expect(loadRole(["archivist"], {})).rejects.toBeInstanceOf(UsageError);
});
