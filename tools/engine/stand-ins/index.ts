export { autoname } from "./autoname.ts";
export type { ProviderCall } from "./stand-in.ts";
export { type StandIns, startStandIns } from "./start.ts";
