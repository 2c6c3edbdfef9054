import { defaultBindAddress, ports } from "@task-platform/contracts";
import { definePiece } from "./parse.ts";
import { hostName, integer, name, oneOf, port } from "./values.ts";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What every service is told. */
export interface ServiceConfig {
  readonly name: string;
  readonly logLevel: LogLevel;
  readonly bind: string;
  readonly adminPort: number;
  /** Time between SIGTERM and the end, in which accepted work is finished. */
  readonly graceMs: number;
}

/** 20 s: below the 30 s that Kubernetes grants, less the time in which the load balancer forgets the pod. */
const defaultGraceMs = 20_000;
const longestGraceMs = 600_000;

export const serviceConfig = definePiece(
  {
    SERVICE_NAME: name(),
    LOG_LEVEL: oneOf(logLevels).default("info"),
    BIND_ADDRESS: hostName().default(defaultBindAddress),
    ADMIN_PORT: port().default(ports.admin),
    SHUTDOWN_GRACE_MS: integer(100, longestGraceMs).default(defaultGraceMs),
  },
  (raw): ServiceConfig => ({
    name: raw.SERVICE_NAME,
    logLevel: raw.LOG_LEVEL,
    bind: raw.BIND_ADDRESS,
    adminPort: raw.ADMIN_PORT,
    graceMs: raw.SHUTDOWN_GRACE_MS,
  }),
);
