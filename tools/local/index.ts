export { type BackEnds, startBackEnds } from "./back-ends/index.ts";
export { freePorts, waitUntil } from "./processes/index.ts";
export { createDatabase, createTopics } from "./provision/index.ts";
export { startEnvironment, startIssuer } from "./start/index.ts";
