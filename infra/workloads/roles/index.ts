import type { WorkloadRole } from "../role.ts";
import { analytics } from "./analytics.ts";
import { api } from "./api.ts";
import { migration } from "./migration.ts";
import { processor } from "./processor.ts";
import { relay } from "./relay.ts";

export { api, migration };

/** Every role that runs as a Deployment, in the order in which the program creates them. */
export const workloadRoles: readonly WorkloadRole[] = [api, relay, processor, analytics];
