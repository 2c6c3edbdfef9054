export { autoname } from "./autoname.ts";
export type { ProviderCall, World } from "./stand-in.ts";
export { type StandIns, startStandIns } from "./start.ts";
