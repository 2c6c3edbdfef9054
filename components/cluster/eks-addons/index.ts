export type { EksAddonsArgs } from "./args.ts";
export { createEarlyAddons, createLateAddons, type EarlyAddons, type LateAddons } from "./eks-addons.ts";
export { type AddonName, type AddonVersions, addonNames } from "./names.ts";
