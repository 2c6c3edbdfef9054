import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, soon, temporaryFolder } from "../processes/fixtures.ts";
import { fetchFiles, type Need, startBackEnds } from "./index.ts";

const silent = (): void => undefined;

test.each<Need>(["postgres", "redis"])("a %s that dies is reported with its last lines", async (need) => {
  const backEnds = await startBackEnds({
    folder: temporaryFolder(),
    needs: [need],
    durable: false,
    log: silent,
  });
  onTestFinished(() => backEnds.stop());
  backEnds.parts[0]?.kill();
  expect(await backEnds.failed).toMatch(
    new RegExp(`^${need} was ended by SIGKILL. Its last lines:\n.+`, "s"),
  );
});

test("a Redis on PATH is preferred to the embedded one, and is stopped when another back end cannot start", async () => {
  const folder = temporaryFolder();
  const binaries = join(await fetchFiles("kafka", silent), "redis");
  const system = `-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  mkdirSync(join(folder, "bin"));
  const binary = readdirSync(binaries).find((name) => name.endsWith(system)) ?? "";
  copyFileSync(join(binaries, binary), join(folder, "bin", "redis-server"));
  const said: string[] = [];
  const starting = startBackEnds({
    folder: join(folder, "run"),
    needs: ["redis", "kafka"],
    durable: false,
    log: (line) => said.push(line),
    machine: { env: { PATH: join(folder, "bin") }, javaFolders: [] },
  });
  await expect(starting).rejects.toThrow("Kafka needs Java 17 or newer");
  expect(said).toContainEqual(expect.stringContaining("redis: the program on PATH, ready"));
});

test("a stop ends every process", async () => {
  const backEnds = await startBackEnds({
    folder: temporaryFolder(),
    needs: ["postgres", "redis"],
    durable: true,
    log: silent,
  });
  const pids = backEnds.parts.map(({ pid }) => pid);
  expect(pids.map(isAlive)).toEqual([true, true]);
  await backEnds.stop();
  expect(await soon(() => !pids.some(isAlive))).toBe(true);
});

test("a commit is never acknowledged before the operating system has it, and npm start waits for the disk too", async () => {
  const settings = async (durable: boolean): Promise<readonly string[]> => {
    const backEnds = await startBackEnds({
      folder: temporaryFolder(),
      needs: ["postgres"],
      durable,
      log: silent,
    });
    onTestFinished(() => backEnds.stop());
    const client = new pg.Client({ ...backEnds.addresses.postgres });
    await client.connect();
    const { rows } = await client.query<{ setting: string }>(
      "select setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name",
    );
    await client.end();
    return rows.map(({ setting }) => setting);
  };
  expect(await settings(false)).toEqual(["off", "off", "on"]);
  expect(await settings(true)).toEqual(["on", "on", "on"]);
});
