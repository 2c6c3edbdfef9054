export type { IssuerArgs } from "./args.ts";
export { Issuer } from "./issuer.ts";
export type { IssuerSettings } from "./settings.ts";
