import type { Addresses } from "../back-ends/index.ts";
import type { Container } from "../manifests/index.ts";

/** Surroundings of a container on this machine. */
export interface Place {
  /** The root of the repository. It is /app in the image. */
  readonly root: string;
  readonly node: string;
  /** Name of the pod; it stays when the process starts again. */
  readonly pod: string;
  /** Port name → port of this machine. */
  readonly ports: Readonly<Record<string, number>>;
  readonly addresses: Required<Addresses>;
}

/** A container as a process. */
export interface ProcessSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
}

interface Substitution {
  readonly variable: string;
  readonly reason: string;
  /** The value here, or `undefined` to leave the variable out. */
  readonly value: (place: Place) => string | undefined;
  /** Also set the variable where the manifest leaves it out: always, or if the manifest sets this other variable. */
  readonly beside?: "always" | (string & {});
}

const portOf =
  (name: string) =>
  ({ ports }: Place): string | undefined =>
    ports[name]?.toString();

/**
 * All differences between a process here and its manifest. A variable that the manifest does not set is not set here
 * either, unless `beside` says so, because a wiring mistake must become visible. Addresses of back ends come from the plan.
 */
export const substitutions: readonly Substitution[] = [
  {
    variable: "POD_NAME",
    reason: "Kubernetes fills it in; here the name has the number of the replica",
    value: ({ pod }) => pod,
  },
  {
    variable: "BIND_ADDRESS",
    reason: "a pod has its own address; on a developer's machine nothing listens on the network",
    value: () => "127.0.0.1",
    beside: "always",
  },
  {
    variable: "HTTP_PORT",
    reason: "every pod has its own ports; here all processes share one machine",
    value: portOf("http"),
    beside: "always", // a container without such a port gets no value
  },
  { variable: "GRPC_PORT", reason: "as HTTP_PORT", value: portOf("grpc"), beside: "always" },
  { variable: "ADMIN_PORT", reason: "as HTTP_PORT", value: portOf("admin"), beside: "always" },
  {
    variable: "DATABASE_PORT",
    reason: "port 5432 may be in use here, and the program always uses it",
    value: ({ addresses }) => String(addresses.postgres.port),
    beside: "DATABASE_HOST",
  },
  {
    variable: "REDIS_PORT",
    reason: "as DATABASE_PORT",
    value: ({ addresses }) => String(addresses.redis.port),
    beside: "REDIS_HOST",
  },
  {
    variable: "DATABASE_AUTH",
    reason: "there is no IAM here: PostgreSQL needs no password, and each workload still uses its own role",
    value: () => "none",
  },
  {
    variable: "DATABASE_SECRET_ARN",
    reason: "there is no Secrets Manager here, and no password to read",
    value: () => undefined,
  },
  { variable: "DATABASE_TLS", reason: "nothing leaves the machine", value: () => "off" },
  { variable: "REDIS_AUTH", reason: "there is no IAM here", value: () => "none" },
  {
    variable: "REDIS_USER",
    reason: "without authentication Redis has only the default user",
    value: () => undefined,
  },
  {
    variable: "REDIS_REPLICATION_GROUP",
    reason: "it is only used to sign IAM tokens",
    value: () => undefined,
  },
  { variable: "REDIS_TLS", reason: "nothing leaves the machine", value: () => "off" },
  { variable: "KAFKA_AUTH", reason: "there is no IAM here", value: () => "none" },
  { variable: "KAFKA_TLS", reason: "nothing leaves the machine", value: () => "off" },
  {
    variable: "NODE_EXTRA_CA_CERTS",
    reason: "the file is in the image only, and without TLS no certificate is checked",
    value: () => undefined,
  },
];

/**
 * Turns a container into a process: its arguments and variables with the substitutions above, the Node of this project
 * as `node`, and the root of the repository as working folder.
 */
export function toProcess(container: Container, place: Place): ProcessSpec {
  const [command, ...rest] = container.command;
  if (command !== "node") {
    throw new Error(
      `${container.workload}: command "${command ?? ""}"; npm start runs containers whose command is node`,
    );
  }
  const env = new Map(Object.entries(container.env));
  for (const { variable, value, beside } of substitutions) {
    const applies = env.has(variable) || beside === "always" || (beside !== undefined && env.has(beside));
    if (!applies) continue;
    const replacement = value(place);
    if (replacement === undefined) env.delete(variable);
    else env.set(variable, replacement);
  }
  return {
    command: place.node,
    args: [...rest, ...container.args],
    // No variable of this shell, because a pod has only the variables of its manifest.
    env: Object.fromEntries(env),
    folder: place.root,
  };
}
