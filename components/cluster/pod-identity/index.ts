export type { PodIdentityArgs } from "./args.ts";
export { PodIdentity } from "./pod-identity.ts";
