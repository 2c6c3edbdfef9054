export { fetchedFolder, fetchFiles, MissingError } from "./fetch.ts";
export { addressVariables, readGiven } from "./given.ts";
export { findJava, findOnPath, thisMachine } from "./java.ts";
export { installKafka } from "./kafka-java.ts";
export { type BackEnds, startBackEnds } from "./start.ts";
export type { Addresses, KafkaAddress, Need, Part, PostgresAddress } from "./types.ts";
