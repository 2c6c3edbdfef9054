import { Metadata } from "@grpc/grpc-js";
import { expect, test } from "vitest";
import { eventually } from "../../../tests/support/back-ends.ts";
import { createUser, outbox, startApi, startApiForTest } from "./support.ts";
import { connectGrpc, grpcUser, healthMethod, openStream, unaryCall } from "./support-grpc.ts";

test("health needs no token and is SERVING for the server and for its service", async () => {
  const client = connectGrpc(await startApiForTest());
  for (const service of ["", "tasks.v1.TaskService"]) {
    const { message } = await unaryCall(client, healthMethod("Check"), { service }, new Metadata());
    expect([service, message]).toEqual([service, { status: "SERVING" }]);
  }
  const unknown = await unaryCall(client, healthMethod("Check"), { service: "other" }, new Metadata());
  expect(unknown.code).toBe("NOT_FOUND");
});

test("during the drain, health is NOT_SERVING, watches end and calls are still served; then the port is closed", async () => {
  const api = await startApi();
  const { token } = await createUser(api);
  const client = connectGrpc(api);
  const user = grpcUser(client, token);
  const watch = user.watch();
  await watch.opened;
  const health: string[] = [];
  const stream = openStream(client, healthMethod("Watch"), {}, new Metadata());
  stream.on("data", ({ status }: { status: string }) => health.push(status));
  const healthEnded = new Promise((resolve) => stream.on("end", resolve));
  await eventually(() => health.length > 0, "the first health");

  const stopped = api.stop();
  expect(await watch.ended).toMatchObject({ code: "UNAVAILABLE" });
  const { message } = await unaryCall(client, healthMethod("Check"), {}, new Metadata());
  expect(message).toEqual({ status: "NOT_SERVING" });
  expect((await user.call("CreateTask", { title: "late but served" })).code).toBe("OK");
  expect((await user.watch().ended).code).toBe("UNAVAILABLE");
  await healthEnded;
  await stopped;
  expect(health).toEqual(["SERVING", "NOT_SERVING"]);
  const after = await user.call("ListTasks", {}, { deadline: Date.now() + 1_000 });
  expect(["UNAVAILABLE", "DEADLINE_EXCEEDED"]).toContain(after.code);
});

test("drain under load: no call of a client that follows health fails, and every answered task is stored", async () => {
  const api = await startApi();
  const { id, token } = await createUser(api);
  const client = connectGrpc(api);
  const user = grpcUser(client, token);
  let serving = true;
  const codes: string[] = [];
  const work = Array.from({ length: 8 }, async () => {
    while (serving) codes.push((await user.call("CreateTask", { title: "under load" })).code);
  });
  await eventually(() => codes.length > 50, "load");
  const stopped = api.stop();
  await eventually(async () => {
    const { message } = await unaryCall(client, healthMethod("Check"), {}, new Metadata());
    return (message as { status: string }).status === "NOT_SERVING";
  }, "health to fail");
  serving = false;
  await Promise.all(work);
  await stopped;
  expect(new Set(codes)).toEqual(new Set(["OK"]));
  expect((await outbox(api.database, id)).length).toBe(codes.length);
});
