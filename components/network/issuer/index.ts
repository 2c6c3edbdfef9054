export { issuerProblems } from "./check-args.ts";
export { Issuer, type IssuerArgs } from "./issuer.ts";
export type { IssuerSettings } from "./settings.ts";
