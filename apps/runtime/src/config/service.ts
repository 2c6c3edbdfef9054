import { defaultBindAddress, ports } from "@task-platform/contracts";
import { definePiece } from "./parse.ts";
import { hostName, integer, name, oneOf, port } from "./values.ts";

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type LogLevel = (typeof logLevels)[number];

/** Configuration that every service has. */
export interface ServiceConfig {
  readonly name: string;
  /** Name of the pod, which a container keeps when it starts again; undefined where no pod is. */
  readonly pod: string | undefined;
  readonly logLevel: LogLevel;
  readonly bind: string;
  readonly adminPort: number;
  /** Time a service gets after SIGTERM to finish work in progress. */
  readonly graceMs: number;
}

/** Below the 30 s that Kubernetes grants, minus the time the load balancer needs to deregister the pod. */
const defaultGraceMs = 20_000;
const longestGraceMs = 600_000;

export const serviceConfig = definePiece(
  {
    SERVICE_NAME: name(),
    POD_NAME: name().optional(),
    LOG_LEVEL: oneOf(logLevels).default("info"),
    BIND_ADDRESS: hostName().default(defaultBindAddress),
    ADMIN_PORT: port().default(ports.admin),
    SHUTDOWN_GRACE_MS: integer(100, longestGraceMs).default(defaultGraceMs),
  },
  (raw): ServiceConfig => ({
    name: raw.SERVICE_NAME,
    pod: raw.POD_NAME,
    logLevel: raw.LOG_LEVEL,
    bind: raw.BIND_ADDRESS,
    adminPort: raw.ADMIN_PORT,
    graceMs: raw.SHUTDOWN_GRACE_MS,
  }),
);
