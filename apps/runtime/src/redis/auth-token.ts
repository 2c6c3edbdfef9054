import { createHash, createHmac } from "node:crypto";

/** Longest lifetime that ElastiCache accepts. */
export const tokenLifetimeSeconds = 900;

/** User and cache that a token is valid for. */
export interface CacheUser {
  readonly region: string;
  readonly user: string;
  readonly replicationGroup: string;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Password of an IAM user of the cache: a presigned request without its scheme, signed with the pod identity. */
export async function cacheAuthToken(user: CacheUser): Promise<string> {
  // This client serves only to read the credentials of the default chain; the database secret needs it anyway.
  const { SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
  const client = new SecretsManagerClient({ region: user.region });
  try {
    return signCacheToken(user, await client.config.credentials(), new Date());
  } finally {
    client.destroy();
  }
}

/** `GET /?Action=connect&User=…` of the replication group. */
export function signCacheToken(user: CacheUser, credentials: AwsCredentials, now: Date): string {
  const request = {
    service: "elasticache",
    region: user.region,
    host: user.replicationGroup,
    parameters: { Action: "connect", User: user.user },
  };
  return presign(request, credentials, now);
}

/** A request whose signature is valid for 15 minutes. */
export interface PresignedRequest {
  readonly service: string;
  readonly region: string;
  readonly host: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Signature version 4 over `GET /?…` as query parameters; the address without its scheme. */
export function presign(
  { service, region, host, parameters }: PresignedRequest,
  credentials: AwsCredentials,
  now: Date,
): string {
  const instant = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, "");
  const day = instant.slice(0, 8);
  const scope = [day, region, service, "aws4_request"];
  const all: Record<string, string> = {
    ...parameters,
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": [credentials.accessKeyId, ...scope].join("/"),
    "X-Amz-Date": instant,
    "X-Amz-Expires": String(tokenLifetimeSeconds),
    ...(credentials.sessionToken === undefined ? {} : { "X-Amz-Security-Token": credentials.sessionToken }),
    "X-Amz-SignedHeaders": "host",
  };
  const query = Object.keys(all)
    .toSorted()
    .map((key) => `${encode(key)}=${encode(all[key] ?? "")}`)
    .join("&");
  const request = ["GET", "/", query, `host:${host}`, "", "host", sha256("")].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", instant, scope.join("/"), sha256(request)].join("\n");
  const key = scope.reduce<string | Buffer>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = createHmac("sha256", key).update(toSign).digest("hex");
  return `${host}/?${query}&X-Amz-Signature=${signature}`;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** RFC 3986, which is stricter than `encodeURIComponent`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
