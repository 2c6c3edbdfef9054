import { platform } from "node:os";
import { expect, type TestContext, test } from "vitest";
import { skip } from "../../../tests/support/skip.ts";
import { type Api, createMigratedDatabase, createUser, startApiForTest } from "./support.ts";
import { createLink } from "./support-link.ts";

/** The service with a primary and a replica that can be cut off separately. Both links lead to one server, so the replica has no delay. */
async function startWithReplica(context: TestContext) {
  // The replica must have the port of the primary, so it needs an address of its own. Only Linux has 127.0.0.2.
  if (platform() !== "linux") skip(context, "needs a second loopback address, 127.0.0.2");
  const database = await createMigratedDatabase();
  const primary = await createLink(database);
  const replica = await createLink(database, { host: "127.0.0.2", port: primary.port });
  const api: Api = await startApiForTest(
    { DATABASE_PORT: String(primary.port), DATABASE_READER_HOST: "127.0.0.2" },
    { database },
  );
  return { api, primary, replica };
}

test("lists, activity and statistics are read from the replica, and a single task from the primary", async (context) => {
  const { api, primary } = await startWithReplica(context);
  const user = await createUser(api);
  const task = await user.create("read me");
  await primary.cut();
  expect((await user.call("/v1/tasks")).status).toBe(200);
  expect((await user.call(`/v1/tasks/${task.id}/activity`)).status).toBe(200);
  expect((await user.call("/v1/statistics")).status).toBe(200);
  // A caller reads a single task to change it. An old version from the replica would make the change fail.
  expect((await user.call(`/v1/tasks/${task.id}`)).status).toBe(503);
  expect((await user.patch(task, { title: "written" })).status).toBe(503);
});

test("while the replica is unavailable, lists are read from the primary", async (context) => {
  const { api, replica } = await startWithReplica(context);
  const user = await createUser(api);
  const task = await user.create("read me");
  expect((await user.call("/v1/tasks")).status).toBe(200);
  await replica.cut();
  const { status, body } = await user.call("/v1/tasks");
  expect([status, (body as { tasks: { id: string }[] }).tasks.map(({ id }) => id)]).toEqual([200, [task.id]]);
  expect((await user.call(`/v1/tasks/${task.id}/activity`)).status).toBe(200);
});
