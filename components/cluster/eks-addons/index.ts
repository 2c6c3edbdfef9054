export type { EksAddonsArgs } from "./args.ts";
export { createEarlyAddons, createLateAddons, type EarlyAddons } from "./eks-addons.ts";
export { type AddonName, type AddonVersions, addonNames } from "./names.ts";
