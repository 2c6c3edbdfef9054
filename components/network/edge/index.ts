export { type EdgeArgs, originHeader, type Reach } from "./args.ts";
export { checkEdgeSettings } from "./check.ts";
export { Edge } from "./edge.ts";
export { grpcPaths, strictTransportSeconds } from "./listeners.ts";
