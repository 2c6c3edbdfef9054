import { z } from "zod";
import { definePiece } from "./parse.ts";
import { list, name, oneOf } from "./values.ts";

/** How a client signs in to Kafka. */
type KafkaAuth =
  /** For brokers on this machine only. */
  | { readonly kind: "none" }
  /** A token of 15 minutes that MSK accepts, made from the pod identity. */
  | { readonly kind: "iam"; readonly region: string };

/** Where Kafka is and how to sign in. */
export interface KafkaConfig {
  /** Some of the brokers, as `host:port`; the client learns the others from them. */
  readonly brokers: readonly string[];
  readonly auth: KafkaAuth;
  readonly tls: "on" | "off";
}

function broker(): z.ZodType<string> {
  return z.string().refine((value) => {
    const [, host, port] = /^([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):([1-9][0-9]{0,4})$/.exec(value) ?? [];
    return host !== undefined && Number(port) <= 65_535;
  });
}

export const kafkaConfig = definePiece(
  {
    KAFKA_BROKERS: list(broker(), "host:port, separated by commas, without blanks"),
    KAFKA_AUTH: oneOf(["none", "iam"]),
    KAFKA_TLS: oneOf(["on", "off"]),
    AWS_REGION: name().optional(),
  },
  (raw, report): KafkaConfig => {
    if (raw.KAFKA_AUTH === "iam" && raw.AWS_REGION === undefined) {
      report("AWS_REGION", "a region such as us-east-1", 'KAFKA_AUTH is "iam", which needs it');
    }
    if (raw.KAFKA_AUTH === "iam" && raw.KAFKA_TLS === "off") {
      report("KAFKA_TLS", "on", 'KAFKA_AUTH "iam" would send a token in the clear');
    }
    return {
      brokers: raw.KAFKA_BROKERS,
      auth: raw.KAFKA_AUTH === "iam" ? { kind: "iam", region: raw.AWS_REGION ?? "" } : { kind: "none" },
      tls: raw.KAFKA_TLS,
    };
  },
);
