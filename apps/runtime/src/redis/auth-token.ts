import { createHash, createHmac } from "node:crypto";

/** Longest life that the cache service accepts. */
export const tokenLifetimeSeconds = 900;

/** What a token is made for. */
export interface CacheIdentity {
  readonly region: string;
  readonly user: string;
  readonly replicationGroup: string;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Password of an IAM user of the cache: a presigned request without its scheme, signed by the identity of the pod. */
export async function cacheAuthToken(identity: CacheIdentity): Promise<string> {
  // The client is only asked for the credentials of the default chain; it is declared for the database's secret.
  const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient({ region: identity.region });
  try {
    return signCacheToken(identity, await client.config.credentials(), new Date());
  } finally {
    client.destroy();
  }
}

/** Signature version 4 over `GET /?Action=connect&User=…` of the replication group, as query parameters. */
export function signCacheToken(identity: CacheIdentity, credentials: AwsCredentials, now: Date): string {
  const instant = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = instant.slice(0, 8);
  const scope = `${day}/${identity.region}/elasticache/aws4_request`;
  const parameters: Record<string, string> = {
    Action: "connect",
    User: identity.user,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `${credentials.accessKeyId}/${scope}`,
    "X-Amz-Date": instant,
    "X-Amz-Expires": String(tokenLifetimeSeconds),
    ...(credentials.sessionToken === undefined ? {} : { "X-Amz-Security-Token": credentials.sessionToken }),
    "X-Amz-SignedHeaders": "host",
  };
  const query = Object.keys(parameters)
    .toSorted()
    .map((key) => `${encode(key)}=${encode(parameters[key] ?? "")}`)
    .join("&");
  const request = ["GET", "/", query, `host:${identity.replicationGroup}`, "", "host", sha256("")].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", instant, scope, sha256(request)].join("\n");
  const key = [day, identity.region, "elasticache", "aws4_request"].reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  return `${identity.replicationGroup}/?${query}&X-Amz-Signature=${signature}`;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** RFC 3986, which is stricter than `encodeURIComponent`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
