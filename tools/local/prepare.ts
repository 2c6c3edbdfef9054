// Called by the set-up: `node tools/local/prepare.ts start|test` fetches what the embedded back ends need.
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
    await fetchFiles("kafka", say); // the Redis of the same project
  }
  if (purpose !== "test") return;
  try {
    await fetchFiles("apicurio", say);
  } catch (error) {
    say(`the real registry cannot be had; its contract test will be skipped. ${(error as Error).message}`);
  }
}

try {
  await prepare(process.argv[2]);
} catch (error) {
  const ways = Object.entries(addressVariables).map(([part, variable]) => `  ${part}: ${variable}`);
  process.stderr.write(
    `[set-up] ${(error as Error).message}\nOr give addresses of servers that already run, in environment variables:\n${ways.join("\n")}\n`,
  );
  process.exitCode = 1;
}
