// The set-up calls `node tools/local/prepare.ts start|test` to download what the embedded back ends need.
import {
  addressVariables,
  fetchFiles,
  findOnPath,
  installKafka,
  readGiven,
  thisMachine,
} from "./back-ends/index.ts";

function say(line: string): void {
  process.stdout.write(`[set-up] ${line}\n`);
}

async function prepare(purpose: string | undefined): Promise<void> {
  const given = readGiven(thisMachine.env);
  const { env } = thisMachine;
  if (!given.kafka) await installKafka(thisMachine, say);
  else if (!given.redis && !findOnPath("redis-server", env) && !findOnPath("valkey-server", env)) {
    await fetchFiles("kafka", say); // Redis comes with the same download
  }
  if (purpose !== "test") return;
  try {
    await fetchFiles("apicurio", say);
  } catch (error) {
    say(
      `the real schema registry is missing, so its contract test will be skipped. ${(error as Error).message}`,
    );
  }
}

try {
  await prepare(process.argv[2]);
} catch (error) {
  const ways = Object.entries(addressVariables).map(([part, variable]) => `  ${part}: ${variable}`);
  process.stderr.write(
    `[set-up] ${(error as Error).message}\nOr set environment variables to the addresses of servers that already run:\n${ways.join("\n")}\n`,
  );
  process.exitCode = 1;
}
