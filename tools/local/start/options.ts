import { ports } from "@task-platform/contracts";
import { readCommandLine, usageError } from "../../command-line/index.ts";

/** Options of `npm start`. */
export interface Options {
  /** Stop after the smoke test; its result is the exit status. */
  readonly smoke: boolean;
  /** Port of the task API. */
  readonly port: number;
  /** Show the logs of the services. */
  readonly logs: boolean;
  /** Start a service again when its code changes. */
  readonly watch: boolean;
  /** Keep the databases for the next run. */
  readonly keepData: boolean;
}

const call = "npm start [-- --logs] [--watch] [--keep-data] [--port PORT] [--smoke]";

export const usage = `${call}

Runs the dev environment on this machine until Ctrl-C.

  --logs        show the logs of the services
  --watch       start a service again when its code changes
  --keep-data   keep the databases and the events for the next run with this option
  --port PORT   port of the task API (default ${ports.http})
  --smoke       stop after the smoke test; its result is the exit status

Set these variables to use servers that already run instead of embedded ones:
  TASK_PLATFORM_POSTGRES_URL         postgres://user@host:5432/postgres (may create databases and roles)
  TASK_PLATFORM_REDIS_URL            redis://host:6379
  TASK_PLATFORM_KAFKA_BROKERS        host:9092,host:9093,host:9094 (three brokers, because the topics have three replicas)
  TASK_PLATFORM_SCHEMA_REGISTRY_URL  http://host:8085
`;

const aPort = "a port from 1024 to 65535";

const specs = {
  smoke: {},
  port: { value: aPort },
  logs: {},
  watch: {},
  "keep-data": {},
};

/** @throws Error with every problem at once, and what is allowed. */
export function parseOptions(args: readonly string[]): Options {
  const { positionals, values, switches, problems } = readCommandLine(args, specs);
  const port = values.port === undefined ? ports.http : Number(values.port);
  const all = [
    ...positionals.map((given) => `argument: got "${given}"; allowed: only options`),
    ...problems,
    ...(Number.isInteger(port) && port >= 1024 && port <= 65_535
      ? []
      : [`--port: got "${values.port}"; allowed: ${aPort}`]),
  ];
  if (all.length > 0) throw usageError("npm start", all, call);
  return {
    smoke: switches.has("smoke"),
    port,
    logs: switches.has("logs"),
    watch: switches.has("watch"),
    keepData: switches.has("keep-data"),
  };
}
