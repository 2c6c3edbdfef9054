import { definePiece } from "./parse.ts";
import { hostName, name, oneOf, port } from "./values.ts";

/** Where Redis is and how to sign in. */
export interface RedisConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly auth:
    | { readonly kind: "none" }
    | {
        readonly kind: "iam";
        readonly region: string;
        readonly user: string;
        /** The token is signed for this name; ElastiCache checks it and ignores the host name. */
        readonly replicationGroup: string;
      };
}

export const redisConfig = definePiece(
  {
    REDIS_HOST: hostName(),
    REDIS_PORT: port().default(6379),
    REDIS_AUTH: oneOf(["none", "iam"]),
    REDIS_USER: name().optional(),
    REDIS_TLS: oneOf(["on", "off"]),
    REDIS_REPLICATION_GROUP: name().optional(),
    AWS_REGION: name().optional(),
  },
  (raw, report): RedisConfig => {
    const place = { host: raw.REDIS_HOST, port: raw.REDIS_PORT, tls: raw.REDIS_TLS === "on" };
    if (raw.REDIS_AUTH === "none") return { ...place, auth: { kind: "none" } };
    const because = 'REDIS_AUTH is "iam", which needs it';
    if (raw.AWS_REGION === undefined) report("AWS_REGION", "a region such as us-east-1", because);
    if (raw.REDIS_USER === undefined) report("REDIS_USER", "the name of a user of the cache", because);
    if (raw.REDIS_REPLICATION_GROUP === undefined) {
      report("REDIS_REPLICATION_GROUP", "the id of the replication group", because);
    }
    if (raw.REDIS_TLS === "off")
      report("REDIS_TLS", "on", 'REDIS_AUTH "iam" would send a token in the clear');
    return {
      ...place,
      auth: {
        kind: "iam",
        region: raw.AWS_REGION ?? "",
        user: raw.REDIS_USER ?? "",
        replicationGroup: raw.REDIS_REPLICATION_GROUP ?? "",
      },
    };
  },
);
