export { pulumiArguments, readInvocation } from "./command.ts";
export { destroyArguments, readDestroy } from "./destroy.ts";
export { describeTakeDown, planTakeDown, type StateResource } from "./take-down.ts";
