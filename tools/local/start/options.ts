import { parseArgs } from "node:util";
import { ports } from "@task-platform/contracts";

/** What `npm start` was asked for. */
export interface Options {
  readonly help: boolean;
  /** Ends after the smoke test, with its status. */
  readonly smoke: boolean;
  /** Port of the task API. */
  readonly port: number;
}

export const usage = `npm start [-- OPTIONS]   the dev environment on this machine, until Ctrl-C

  --smoke       stop after the smoke test; the exit status is its result
  --port PORT   port of the task API (default ${ports.http})
  --help        this text

Servers that already run are used instead of embedded ones when these variables are set:
  TASK_PLATFORM_POSTGRES_URL         postgres://user@host:5432/postgres (may create databases and roles)
  TASK_PLATFORM_REDIS_URL            redis://host:6379
  TASK_PLATFORM_KAFKA_BROKERS        host:9092,host:9093,host:9094 (three, or replication factor 3 cannot be had)
  TASK_PLATFORM_SCHEMA_REGISTRY_URL  http://host:8085
`;

const known = {
  help: { type: "boolean", short: "h" },
  smoke: { type: "boolean" },
  port: { type: "string" },
} as const;

/** @throws Error with every problem at once, and what is allowed. */
export function parseOptions(args: readonly string[]): Options {
  const { values, tokens } = parseArgs({ args: [...args], options: known, strict: false, tokens: true });
  const problems = tokens.flatMap((token) => {
    switch (token.kind) {
      case "option":
        if (!(token.name in known)) return [`unknown option ${token.rawName}`];
        if (token.name !== "port" && token.value !== undefined) return [`${token.rawName} takes no value`];
        return [];
      case "positional":
        return [`unexpected argument "${token.value}"`];
      case "option-terminator":
        return [];
      default:
        return [];
    }
  });
  const port = values.port === undefined ? ports.http : Number(values.port);
  if (values.port === true) problems.push("--port needs a port from 1024 to 65535");
  else if (!Number.isInteger(port) || port < 1024 || port > 65_535) {
    problems.push(`--port ${String(values.port)} is not a port from 1024 to 65535`);
  }
  if (problems.length > 0) {
    throw new Error(`${problems.join("\n")}\nallowed: --smoke, --port PORT, --help`);
  }
  return { help: values.help === true, smoke: values.smoke === true, port };
}
