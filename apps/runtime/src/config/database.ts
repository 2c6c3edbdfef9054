import { unreachable } from "../errors/index.ts";
import { definePiece } from "./parse.ts";
import { hostName, integer, name, oneOf, port } from "./values.ts";

/** How a service signs in to PostgreSQL. */
export type DatabaseAuth =
  /** For a server on this machine only. */
  | { readonly kind: "none" }
  /** A token of 15 minutes, made from the pod identity. */
  | { readonly kind: "iam"; readonly region: string }
  /** User and password of a managed secret, read again after a rotation. */
  | { readonly kind: "secret"; readonly region: string; readonly secretArn: string };

/** Where PostgreSQL is and how to sign in. */
export interface DatabaseConfig {
  readonly host: string;
  /** Host of the read replica. Undefined, or the host of the primary, when there is no replica. */
  readonly readerHost: string | undefined;
  readonly port: number;
  readonly name: string;
  readonly user: string;
  readonly auth: DatabaseAuth;
  /** `verify-full` checks chain and host name against the system's authorities and NODE_EXTRA_CA_CERTS. */
  readonly tls: "off" | "verify-full";
  /** Most connections of one connection pool. */
  readonly connectionPoolSize: number;
}

/** 10 connections for each of 20 replicas of the API stay below the 400 that the smallest instance class allows. */
const defaultConnectionPoolSize = 10;
const largestConnectionPoolSize = 200;

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
    DATABASE_POOL_SIZE: integer(1, largestConnectionPoolSize).default(defaultConnectionPoolSize),
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
      connectionPoolSize: raw.DATABASE_POOL_SIZE,
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
