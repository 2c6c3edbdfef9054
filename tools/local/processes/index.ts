export { type Child, Children, describeExit } from "./children.ts";
export { acquireLock, type Lock } from "./lock.ts";
export { type LoopbackServer, startLoopbackServer } from "./loopback-server.ts";
export { freePorts, isPortFree, waitForPort } from "./ports.ts";

export { waitUntil } from "./wait-until.ts";
