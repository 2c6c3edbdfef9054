import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../processes/fixtures.ts";
import { fetchedFolder, findJava, MissingError, startBackEnds } from "./index.ts";

/** A program that prints what `java -version` prints. */
function fakeJava(home: string, version: string): string {
  const file = join(home, "bin", "java");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho 'openjdk version "${version}"' >&2\n`);
  chmodSync(file, 0o755);
  return file;
}

test("JAVA_HOME comes before PATH, and PATH before the folders of the system", () => {
  const folder = temporaryFolder();
  const [home, path, system] = ["home", "path", "system/java-21"].map((name) => join(folder, name));
  const javas = [home, path, system].map((each) => fakeJava(each ?? "", "21.0.1"));
  const machine = {
    env: { JAVA_HOME: home, PATH: `/none:${path}/bin` },
    javaFolders: [join(folder, "system")],
  };
  expect(findJava(machine)?.command).toBe(javas[0]);
  expect(findJava({ ...machine, env: { PATH: machine.env.PATH } })?.command).toBe(javas[1]);
  expect(findJava({ ...machine, env: {} })?.command).toBe(javas[2]);
});

test("a Java that is too old is not used", () => {
  const folder = temporaryFolder();
  fakeJava(join(folder, "old"), "1.8.0_402");
  fakeJava(join(folder, "system", "java-17"), "17.0.15");
  const machine = { env: { JAVA_HOME: join(folder, "old") }, javaFolders: [join(folder, "system")] };
  expect(findJava(machine)).toMatchObject({ major: 17, version: "17.0.15" });
  expect(findJava({ ...machine, javaFolders: [] })).toBeUndefined();
});

test("without Java and Maven one message says how to install both, and which variables replace them", async () => {
  const folder = temporaryFolder();
  const machine = { env: { PATH: "/none", XDG_CACHE_HOME: folder }, javaFolders: [] };
  const starting = startBackEnds({
    folder: join(folder, "run"),
    needs: ["redis", "kafka"],
    durable: false,
    log: () => undefined,
    machine,
  });
  await expect(starting).rejects.toThrow(MissingError);
  const message = await starting.catch((error: Error) => error.message);
  expect(message).toContain("Kafka needs Java 17 or newer");
  expect(message).toContain("apt-get install openjdk-17-jre-headless");
  expect(message).toContain("Maven (command mvn)");
  expect(message).toContain("TASK_PLATFORM_KAFKA_BROKERS");
});

test("all malformed addresses are named, and no value is shown", async () => {
  const starting = startBackEnds({
    folder: join(temporaryFolder(), "run"),
    needs: ["postgres"],
    durable: false,
    log: () => undefined,
    machine: {
      env: { TASK_PLATFORM_POSTGRES_URL: "mysql://a:hidden@b", TASK_PLATFORM_KAFKA_BROKERS: "nowhere" },
      javaFolders: [],
    },
  });
  const message = await starting.catch((error: Error) => error.message);
  expect(message).toContain("TASK_PLATFORM_POSTGRES_URL is not an address such as postgres://");
  expect(message).toContain("TASK_PLATFORM_KAFKA_BROKERS is not an address such as 127.0.0.1:9092");
  expect(message).not.toContain("hidden");
});

test("a given server that does not answer is reported before anything starts", async () => {
  const starting = startBackEnds({
    folder: join(temporaryFolder(), "run"),
    needs: ["redis"],
    durable: false,
    log: () => undefined,
    machine: { env: { TASK_PLATFORM_REDIS_URL: "redis://127.0.0.1:1" }, javaFolders: [] },
  });
  await expect(starting).rejects.toThrow("TASK_PLATFORM_REDIS_URL: nothing answers at 127.0.0.1:1");
});

test("downloads are stored below XDG_CACHE_HOME, in a folder that depends on the project file", () => {
  expect(fetchedFolder("kafka", { XDG_CACHE_HOME: "/cache" })).toMatch(
    /^\/cache\/task-platform\/kafka-[0-9a-f]{12}$/,
  );
  expect(fetchedFolder("kafka", {})).not.toBe(fetchedFolder("apicurio", {}));
});
