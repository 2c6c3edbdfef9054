export { type BackEnds, startBackEnds } from "./back-ends/index.ts";
export { freePorts, waitUntil } from "./processes/index.ts";
export { createDatabase, createTopics, enableZstd } from "./provision/index.ts";
export { startEnvironment, startIssuer } from "./start/index.ts";
