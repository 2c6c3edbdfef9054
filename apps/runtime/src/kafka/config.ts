import { z } from "zod";
import { absolutePath, definePiece, list, name, oneOf, url } from "../config/index.ts";

/** How a client proves to Kafka who it is. */
export type KafkaAuth =
  /** Nothing: brokers on this machine only. */
  | { readonly kind: "none" }
  /** A token of 15 minutes made from the identity of the pod, as MSK takes it. */
  | { readonly kind: "iam"; readonly region: string };

/** Where Kafka and the schema registry are. */
export interface KafkaConfig {
  /** Some of the brokers, as `host:port`; the others are learnt from them. */
  readonly brokers: readonly string[];
  readonly auth: KafkaAuth;
  readonly tls: "on" | "off";
  /** Base address of the registry's Confluent API, with the path where it has one. */
  readonly registryUrl: string;
  /** Folder with the files `username` and `password` of the registry; undefined where it asks for neither. */
  readonly registryCredentialsDirectory: string | undefined;
}

function broker(): z.ZodType<string> {
  return z.string().refine((value) => {
    const [, host, port] = /^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):([1-9][0-9]{0,4})$/.exec(value) ?? [];
    return host !== undefined && Number(port) <= 65_535;
  });
}

/** In the clear, and not to this machine itself. */
function isReadOnTheWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

export const kafkaConfig = definePiece(
  {
    KAFKA_BROKERS: list(broker(), "host:port, separated by commas, without blanks"),
    KAFKA_AUTH: oneOf(["none", "iam"]),
    KAFKA_TLS: oneOf(["on", "off"]),
    SCHEMA_REGISTRY_URL: url(["https", "http"]),
    SCHEMA_REGISTRY_CREDENTIALS_DIR: absolutePath().optional(),
    AWS_REGION: name().optional(),
  },
  (raw, report): KafkaConfig => {
    if (raw.KAFKA_AUTH === "iam" && raw.AWS_REGION === undefined) {
      report("AWS_REGION", "a region such as us-east-1", 'KAFKA_AUTH is "iam", which needs it');
    }
    if (raw.KAFKA_AUTH === "iam" && raw.KAFKA_TLS === "off") {
      report("KAFKA_TLS", "on", 'KAFKA_AUTH "iam" would send a token in the clear');
    }
    if (raw.SCHEMA_REGISTRY_CREDENTIALS_DIR !== undefined && isReadOnTheWay(raw.SCHEMA_REGISTRY_URL)) {
      report(
        "SCHEMA_REGISTRY_URL",
        "an address that starts with https://",
        "SCHEMA_REGISTRY_CREDENTIALS_DIR is set, and a password would be sent in the clear",
      );
    }
    return {
      brokers: raw.KAFKA_BROKERS,
      auth: raw.KAFKA_AUTH === "iam" ? { kind: "iam", region: raw.AWS_REGION ?? "" } : { kind: "none" },
      tls: raw.KAFKA_TLS,
      registryUrl: raw.SCHEMA_REGISTRY_URL,
      registryCredentialsDirectory: raw.SCHEMA_REGISTRY_CREDENTIALS_DIR,
    };
  },
);
