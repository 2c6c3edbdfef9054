import type { BaseOptions } from "@platformatic/kafka";
import { generateAuthToken } from "aws-msk-iam-sasl-signer-js";
import type { KafkaConfig } from "./config.ts";

/** Specification section 2. With the delays below ten tries last 13 s: longer than any election of a leader measured. */
export const retries = 10;
const firstDelayMs = 100;
const longestDelayMs = 2_000;

/** Delay before the given try, counted from 1: 0.1 s, doubled up to 2 s. */
export function retryDelayMs(attempt: number): number {
  return Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
}

const connectTimeoutMs = 3_000;
/** A broker that took a request and says nothing for so long is given up; longer than any long poll of ours. */
const requestTimeoutMs = 30_000;

/** Options that every client of the library gets. */
export function connectionOptions(config: KafkaConfig, clientId: string): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...config.brokers],
    retries,
    retryDelay: (_client, _operation, attempt) => retryDelayMs(attempt),
    connectTimeout: connectTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // A topic comes from the program; one made by a typing slip would have the wrong partitions for ever.
    autocreateTopics: false,
    // Node checks the chain and the host name by default; nothing here may loosen that.
    ...(config.tls === "on" ? { tls: { minVersion: "TLSv1.2" as const }, tlsServerName: true } : {}),
    ...saslOptions(config),
  };
}

function saslOptions(config: KafkaConfig): Pick<BaseOptions, "sasl"> {
  const { auth } = config;
  if (auth.kind === "none") return {};
  // Asked anew for each connection and each re-authentication, so a token never outlives its 15 minutes.
  const token = async (): Promise<string> => (await generateAuthToken({ region: auth.region })).token;
  return { sasl: { mechanism: "OAUTHBEARER", token } };
}
