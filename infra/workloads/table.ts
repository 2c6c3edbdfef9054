import { api } from "./api.ts";
import { processor } from "./processor.ts";
import { relay } from "./relay.ts";
import type { WorkloadRole } from "./role.ts";

/** Every role that runs as a Deployment, in the order in which the program creates them. */
export const workloadRoles: readonly WorkloadRole[] = [api, relay, processor];
