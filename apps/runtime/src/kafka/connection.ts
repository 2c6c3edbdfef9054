import type { BaseOptions } from "@platformatic/kafka";
import { generateAuthToken } from "aws-msk-iam-sasl-signer-js";
import type { KafkaConfig } from "../config/index.ts";
import { type Backoff, backoffMs } from "../timing/index.ts";

/** docs/requirements.md, events. With the delays below ten tries last 13 s: longer than every leader election we measured. */
const retries = 10;
const backoff: Backoff = { firstMs: 100, longestMs: 2_000 };

/** Delay before a retry inside the client, counted from 1. */
export function retryDelayMs(attempt: number): number {
  return backoffMs(backoff, attempt);
}

const connectTimeoutMs = 3_000;
/**
 * The client gives up a broker that does not answer for so long, and asks the next one. A producer waits about as long as a
 * fail-over of its partition takes: a broker that hangs keeps its connections, so only this tells.
 */
export const producerTimeoutMs = 5_000;
/**
 * A consumer's request to join waits until the other members have joined, which may last as long as a session. It is then
 * sent again, and the member keeps its place by its instance name. Every other request is answered at once.
 */
export const consumerTimeoutMs = 5_000;
/** Metadata come from memory, so a broker that needs longer hangs, or is about to. */
export const pingTimeoutMs = 2_000;
/** A fetch waits half a second for records, so a broker that is silent for this long hangs. */
export const fetchTimeoutMs = 3_000;

/** Options of every producer and consumer. */
export function connectionOptions(
  config: KafkaConfig,
  clientId: string,
  requestTimeoutMs: number,
): BaseOptions {
  return {
    clientId,
    bootstrapBrokers: [...config.brokers],
    retries,
    retryDelay: (_client, _operation, attempt) => retryDelayMs(attempt),
    connectTimeout: connectTimeoutMs,
    requestTimeout: requestTimeoutMs,
    // The Pulumi program creates topics. A topic created by a typing mistake would keep the wrong partition count.
    autocreateTopics: false,
    // By default Node verifies the certificate chain and the host name; keep it so.
    ...(config.tls === "on" ? { tls: { minVersion: "TLSv1.2" as const }, tlsServerName: true } : {}),
    ...saslOptions(config),
  };
}

function saslOptions(config: KafkaConfig): Pick<BaseOptions, "sasl"> {
  const { auth } = config;
  if (auth.kind === "none") return {};
  // Called for each connection and each re-authentication, so no token is used after its 15 minutes.
  const token = async (): Promise<string> => (await generateAuthToken({ region: auth.region })).token;
  return { sasl: { mechanism: "OAUTHBEARER", token } };
}
