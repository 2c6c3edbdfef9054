import type { Children } from "../processes/index.ts";

/** Back ends that can be asked for. */
export type Need = "kafka" | "postgres" | "redis" | "registry";

/** Where PostgreSQL answers. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  /** May create databases and roles. */
  readonly user: string;
  readonly database: string;
  /** Only of a server given by an address: the embedded one trusts the loopback. */
  readonly password?: string;
}

export interface RedisAddress {
  readonly host: string;
  readonly port: number;
}

export interface KafkaAddress {
  /** `host:port` of every broker. */
  readonly brokers: readonly string[];
}

/** Addresses of everything that runs: plain data, so that it can be handed to another process. */
export interface Addresses {
  readonly postgres?: PostgresAddress;
  readonly redis?: RedisAddress;
  readonly kafka?: KafkaAddress;
  readonly registryUrl?: string;
}

/** How a part came to be, said aloud at start. */
export type Source = "embedded" | "path";

/** One process behind an address. */
export interface Part {
  /** `postgres`, `redis`, `kafka-1`, … */
  readonly name: string;
  readonly pid: number;
  running(): boolean;
  /** Ends it at once, as a crash would. */
  kill(): void;
}

/** What a start of one part gives. */
export interface Started<Address> {
  readonly address: Address;
  readonly source: Source;
  readonly parts: readonly Part[];
  /** Resolves with the reason when it can no longer serve. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** What every starter gets. */
export interface StartContext {
  readonly children: Children;
  /** Folder of this run; deleted at its end. */
  readonly folder: string;
  readonly log: (line: string) => void;
}
