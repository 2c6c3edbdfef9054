import { unreachable } from "../errors/index.ts";
import { definePiece } from "./parse.ts";
import { hostName, integer, name, oneOf, port } from "./values.ts";

/** How a service proves to PostgreSQL who it is. */
export type DatabaseAuth =
  /** Trust or a socket on this machine; never over a network. */
  | { readonly kind: "none" }
  /** A token of 15 minutes made from the identity of the pod. */
  | { readonly kind: "iam"; readonly region: string }
  /** User and password of a managed secret, read again when it has been rotated. */
  | { readonly kind: "secret"; readonly region: string; readonly secretArn: string };

/** Where PostgreSQL is and how to sign in. */
export interface DatabaseConfig {
  readonly host: string;
  /** Read replica; the primary answers reads where there is none, or where this is the primary. */
  readonly readerHost: string | undefined;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly auth: DatabaseAuth;
  /** `verify-full` checks chain and host name against the system's authorities and NODE_EXTRA_CA_CERTS. */
  readonly tls: "off" | "verify-full";
  readonly poolSize: number;
}

/** Connections a replica may hold: 10 times 20 replicas of the API stays below 400, what the smallest class allows. */
const defaultPoolSize = 10;
const largestPoolSize = 200;

export const databaseConfig = definePiece(
  {
    DATABASE_HOST: hostName(),
    DATABASE_READER_HOST: hostName().optional(),
    DATABASE_PORT: port().default(5432),
    DATABASE_NAME: name(),
    DATABASE_USER: name(),
    DATABASE_AUTH: oneOf(["none", "iam", "secret"]),
    DATABASE_SECRET_ARN: name().optional(),
    DATABASE_TLS: oneOf(["off", "verify-full"]),
    DATABASE_POOL_SIZE: integer(1, largestPoolSize).default(defaultPoolSize),
    AWS_REGION: name().optional(),
  },
  (raw, report): DatabaseConfig => {
    if (raw.DATABASE_AUTH !== "none" && raw.AWS_REGION === undefined) {
      report(
        "AWS_REGION",
        "a region such as us-east-1",
        `DATABASE_AUTH is "${raw.DATABASE_AUTH}", which needs it`,
      );
    }
    if (raw.DATABASE_AUTH !== "none" && raw.DATABASE_TLS === "off") {
      report(
        "DATABASE_TLS",
        "verify-full",
        `DATABASE_AUTH "${raw.DATABASE_AUTH}" would send a credential in the clear`,
      );
    }
    if (raw.DATABASE_AUTH === "secret" && raw.DATABASE_SECRET_ARN === undefined) {
      report("DATABASE_SECRET_ARN", "the ARN of a secret", 'DATABASE_AUTH is "secret", which needs it');
    }
    if (raw.DATABASE_AUTH !== "secret" && raw.DATABASE_SECRET_ARN !== undefined) {
      report(
        "DATABASE_SECRET_ARN",
        "not set",
        `DATABASE_AUTH is "${raw.DATABASE_AUTH}", which does not read it`,
      );
    }
    return {
      host: raw.DATABASE_HOST,
      readerHost: raw.DATABASE_READER_HOST,
      port: raw.DATABASE_PORT,
      name: raw.DATABASE_NAME,
      user: raw.DATABASE_USER,
      auth: toAuth(raw.DATABASE_AUTH, raw.AWS_REGION ?? "", raw.DATABASE_SECRET_ARN ?? ""),
      tls: raw.DATABASE_TLS,
      poolSize: raw.DATABASE_POOL_SIZE,
    };
  },
);

function toAuth(kind: DatabaseAuth["kind"], region: string, secretArn: string): DatabaseAuth {
  switch (kind) {
    case "none":
      return { kind };
    case "iam":
      return { kind, region };
    case "secret":
      return { kind, region, secretArn };
    default:
      return unreachable(kind);
  }
}
