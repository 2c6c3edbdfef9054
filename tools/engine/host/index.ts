export { type HostOptions, startLanguageHost } from "./language-host.ts";
export { Processes } from "./processes.ts";
export { type Listener, serve, unary } from "./serve.ts";
