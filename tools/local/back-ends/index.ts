export { cacheFolder, type Fetched, fetchedFolder, fetchFiles, MissingError } from "./fetch.ts";
export { addressVariables, readGiven } from "./given.ts";
export { findJava, findOnPath, type Java, type Machine, oldestJava, thisMachine } from "./java.ts";
export { installKafka } from "./kafka-java.ts";
export { type BackEndOptions, type BackEnds, startBackEnds } from "./start.ts";
export type { Addresses, KafkaAddress, Need, Part, PostgresAddress, RedisAddress } from "./types.ts";
