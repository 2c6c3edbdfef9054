import type { Children } from "../processes/index.ts";

/** Back ends that a caller can request. */
export type Need = "kafka" | "postgres" | "redis" | "schema-registry";

/** Address of PostgreSQL. */
export interface PostgresAddress {
  readonly host: string;
  readonly port: number;
  /** May create databases and roles. */
  readonly user: string;
  readonly database: string;
  /** Only for a server given by an address. The embedded one needs no password. */
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

/** Addresses of all back ends. Plain data, so that it can be passed to another process. */
export interface Addresses {
  readonly postgres?: PostgresAddress;
  readonly redis?: RedisAddress;
  readonly kafka?: KafkaAddress;
  readonly registryUrl?: string;
}

/** Where the program of a part comes from; the log says it at the start. */
export type Source = "embedded" | "path";

/** One process behind an address. */
export interface Part {
  /** `postgres`, `redis`, `kafka-1`, … */
  readonly name: string;
  readonly pid: number;
  running(): boolean;
  /** Kills it at once, like a crash. */
  kill(): void;
}

/** A started part. */
export interface Started<Address> {
  readonly address: Address;
  readonly source: Source;
  readonly parts: readonly Part[];
  /** Resolves with the reason when it can no longer serve. */
  readonly failed: Promise<string>;
  stop(): Promise<void>;
}

/** Input of every start function. */
export interface StartContext {
  readonly children: Children;
  /** Folder of this run. It is deleted at the end. */
  readonly folder: string;
  /** Folder of the data: that of this run, or one that stays. What a run before left there is used. */
  readonly data: string;
  readonly log: (line: string) => void;
}
