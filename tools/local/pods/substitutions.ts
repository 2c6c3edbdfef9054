import type { Addresses } from "../back-ends/index.ts";
import type { Container } from "../manifests/index.ts";

/** Where a container runs on this machine. */
export interface Place {
  /** The root of the repository, which is /app of the image. */
  readonly root: string;
  readonly node: string;
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
  /** Set even where the manifest leaves it to its default, if the manifest sets this one, or always. */
  readonly beside?: "always" | (string & {});
}

const portOf =
  (name: string) =>
  ({ ports }: Place): string | undefined =>
    ports[name]?.toString();

/**
 * Everything in which a process here differs from its manifest. A variable that the manifest does not set is not
 * set here either, but where `beside` says so: a wiring mistake must show. Addresses of back ends are not here, they come out of the plan.
 */
export const substitutions: readonly Substitution[] = [
  {
    variable: "BIND_ADDRESS",
    reason: "a pod has an address of its own; on a developer's machine nothing listens to the network",
    value: () => "127.0.0.1",
    beside: "always",
  },
  {
    variable: "HTTP_PORT",
    reason: "every pod has all ports for itself; here all processes share one machine",
    value: portOf("http"),
    beside: "always", // to no effect in a container without such a port
  },
  { variable: "GRPC_PORT", reason: "as HTTP_PORT", value: portOf("grpc"), beside: "always" },
  { variable: "ADMIN_PORT", reason: "as HTTP_PORT", value: portOf("admin"), beside: "always" },
  {
    variable: "DATABASE_PORT",
    reason: "5432 may be taken, and the program knows no other port",
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
    reason: "no IAM here: PostgreSQL trusts the loopback, and each workload still comes as its own role",
    value: () => "none",
  },
  {
    variable: "DATABASE_SECRET_ARN",
    reason: "no Secrets Manager here, and none needed without a password",
    value: () => undefined,
  },
  { variable: "DATABASE_TLS", reason: "nothing leaves the machine", value: () => "off" },
  { variable: "REDIS_AUTH", reason: "no IAM here", value: () => "none" },
  {
    variable: "REDIS_USER",
    reason: "without authentication there is only the default user",
    value: () => undefined,
  },
  { variable: "REDIS_REPLICATION_GROUP", reason: "only signs IAM tokens", value: () => undefined },
  { variable: "REDIS_TLS", reason: "nothing leaves the machine", value: () => "off" },
  { variable: "KAFKA_AUTH", reason: "no IAM here", value: () => "none" },
  { variable: "KAFKA_TLS", reason: "nothing leaves the machine", value: () => "off" },
  {
    variable: "NODE_EXTRA_CA_CERTS",
    reason: "the certificates of RDS lie in the image; without TLS there is nothing to check by them",
    value: () => undefined,
  },
];

/**
 * The process of a container: its arguments and variables, with the substitutions above, `node` as this project's
 * Node, and the root of the repository as working folder.
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
    // Nothing else of this shell: a pod has only what its manifest says.
    env: Object.fromEntries(env),
    folder: place.root,
  };
}
