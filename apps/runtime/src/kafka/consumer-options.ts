import type { KafkaConfig } from "../config/index.ts";
import type { Logger } from "../logging/index.ts";
import type { RecordHandler } from "./lanes.ts";
import type { BrokerWatch, ConsumerMetrics } from "./watch/index.ts";

export interface ConsumerOptions {
  readonly config: KafkaConfig;
  readonly clientId: string;
  readonly group: string;
  /**
   * Name of this process in the group, which it has again after a restart. The restarted process then takes its partitions
   * at once; otherwise they wait for the session of the killed one to end. Two processes may never have the same name.
   * @default a random name
   */
  readonly instance?: string | undefined;
  readonly topic: string;
  /**
   * Resolves once the effect of the record is durable; only then its offset is committed. A record may be delivered
   * more than once. When the handler rejects, the membership ends and the record is delivered again, so retries and
   * dead letters are decisions of the handler. The signal asks it to stop waiting.
   */
  readonly handle: RecordHandler;
  /** Belongs to the caller, who stops it. */
  readonly brokers: BrokerWatch;
  /** Of the lag of the group. Without them nobody measures it, and `stuckSeconds` is 0. */
  readonly metrics?: ConsumerMetrics;
  /** Called when partitions were given to this process, before the first of their records is handled. */
  readonly onAssigned?: () => void;
  readonly logger: Logger;
  /** @default 45 s */
  readonly sessionTimeoutMs?: number;
  /** @default 15 s */
  readonly heartbeatMs?: number;
}

export interface SessionOptions extends ConsumerOptions {
  /** Called whenever the client shows activity. */
  readonly onActivity: () => void;
  /** Called when the session has joined the group. */
  readonly onJoined: () => void;
  /** Name of this process in the group: a new session takes the place of the last one at once, without a rebalance. */
  readonly instance: string;
}
