import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { insertSaga } from "@task-platform/runtime/saga";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { eventually, query } from "../../../tests/support/back-ends.ts";
import { createMigratedDatabase } from "../../schema/test/migrated-database.ts";
import { orchestrateThreeSteps, type Place } from "./saga-killed.ts";

/** Starts an orchestrator that kills itself at a boundary; resolves when it is gone. */
async function killedAt(place: Place, refusing: boolean, boundary: number): Promise<void> {
  const file = join(import.meta.dirname, "saga-killed.ts");
  const child = spawn(process.execPath, [file, JSON.stringify(place), String(refusing), String(boundary)]);
  onTestFinished(() => void child.kill("SIGKILL"));
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  expect(signal).toBe("SIGKILL");
}

// Claim, then a write before a call, the call, and a write after it, each from before and from behind: 1 + 3 × 6. The refused
// call has one boundary less, and two steps are undone after it: 1 + 3 × 6 - 1 + 2 × 6.
test.each([
  { refusing: false, boundaries: 19, end: "completed" },
  { refusing: true, boundaries: 30, end: "compensated" },
])(
  "killed twice in a row at each of $boundaries boundaries, a saga is $end once",
  async ({ refusing, boundaries, end }) => {
    const { host, port, name, user } = await createMigratedDatabase();
    const place = { host, port, name, owner: user };
    const address = { host, port, user, database: name };
    await query(
      address,
      "create table effects (saga_id uuid, step text, undone boolean, primary key (saga_id, step))",
    );
    const client = new pg.Client(address);
    await client.connect();
    onTestFinished(() => client.end());
    const steps = ["first", "second", "third"];
    for (let boundary = 1; boundary <= boundaries; boundary += 1) {
      const id = randomUUID();
      await insertSaga(client, {
        ...{ id, data: {}, correlationId: `c-${id}` },
        saga: { name: "killed-saga", version: 1, steps },
      });
      await killedAt(place, refusing, boundary);
      const { rowCount: open } = await client.query("select from sagas where id = $1 and state <> $2", [
        id,
        end,
      ]);
      // The second one begins where the first one was killed, so its first boundaries are those right behind.
      if (open === 1) await killedAt(place, refusing, 1 + (boundary % 2));
      const survivor = orchestrateThreeSteps(place, refusing, () => undefined);
      const { rows } = await (async () => {
        try {
          await eventually(async () => {
            const found = await client.query("select from sagas where id = $1 and state = $2", [id, end]);
            return found.rowCount === 1;
          }, `boundary ${boundary} to end ${end}`);
        } finally {
          await survivor.stop();
        }
        return await client.query("select undone from effects where saga_id = $1 order by step", [id]);
      })();
      const found = rows.map((row: { undone: boolean }) => row.undone);
      // After a kill nobody knows whether the third step happened, so it may be undone too.
      expect(found.length).toBeGreaterThanOrEqual(refusing ? 2 : steps.length);
      expect(found).toEqual(found.map(() => refusing));
    }
  },
);
