// Runs commands against the real engine with stand-ins for AWS and Kubernetes, as a person types them:
//   node tools/engine/main.ts dev "npm run preview -- dev" "npm run up -- dev --yes"
import { readCommandLine, runProgram, usageError } from "../command-line/index.ts";
import { repositoryRoot, stackNames } from "../plan/index.ts";
import { type EngineStack, findCli, openStack } from "./index.ts";

const usage =
  'node tools/engine/main.ts <environment> "<command>" ["<command>" …] [--secrets=key=value,…] [--no-autonames]';

interface Request {
  readonly environment: string;
  readonly commands: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly autonaming: boolean;
}

function readRequest(args: readonly string[]): Request {
  const { positionals, values, switches, problems } = readCommandLine(args, {
    secrets: { value: "key=value,key=value" },
    "no-autonames": {},
  });
  const [environment = "", ...commands] = positionals;
  const names = stackNames(repositoryRoot);
  const pairs = (values.secrets ?? "").split(",").filter((pair) => pair !== "");
  const found = [
    ...problems,
    ...(names.includes(environment)
      ? []
      : [`environment: got "${environment}"; allowed: ${names.join(", ")}`]),
    ...(commands.length > 0 ? [] : ["command: got none; allowed: one or more, each in quotes"]),
    ...pairs
      .filter((pair) => !/^\w+=./.test(pair))
      .map(() => "--secrets: got a pair without a key or a value; allowed: key=value"),
  ];
  if (found.length > 0) throw usageError("engine with stand-ins, nothing was done", found, usage);
  const secrets = Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  return { environment, commands, secrets, autonaming: !switches.has("no-autonames") };
}

/** Runs the commands in the root of the repository until one fails. */
async function runAll(stack: EngineStack, commands: readonly string[]): Promise<number> {
  for (const command of commands) {
    process.stdout.write(`\n$ ${command}\n`);
    const code = await stack.shell(command);
    if (code !== 0) return code;
  }
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  const request = readRequest(args);
  const found = findCli();
  if ("missing" in found) throw new Error(found.missing);
  process.stdout.write(
    `[engine] Pulumi ${found.cli.version}, stand-ins on the loopback address, state in a temporary folder\n`,
  );
  const stack = await openStack({ ...request, cli: found.cli });
  try {
    return await runAll(stack, request.commands);
  } finally {
    stack.close();
  }
}

await runProgram(main, usage);
