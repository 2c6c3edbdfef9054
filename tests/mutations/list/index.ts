import type { Mutation } from "../mutation.ts";
import { baseMutations } from "./base.ts";
import { clusterMutations } from "./cluster.ts";
import { deliveryMutations } from "./delivery.ts";
import { environmentMutations } from "./environment.ts";
import { infraMutations } from "./infra.ts";
import { networkMutations } from "./network.ts";
import { policiesMutations } from "./policies.ts";
import { specsMutations } from "./specs.ts";
import { storesMutations } from "./stores.ts";
import { toolsMutations } from "./tools.ts";
import { watchMutations } from "./watch.ts";
import { workloadsMutations } from "./workloads.ts";

/** Everything that is broken on purpose, area by area. */
export const mutations: readonly Mutation[] = [
  ...baseMutations,
  ...clusterMutations,
  ...deliveryMutations,
  ...environmentMutations,
  ...infraMutations,
  ...networkMutations,
  ...policiesMutations,
  ...specsMutations,
  ...storesMutations,
  ...toolsMutations,
  ...watchMutations,
  ...workloadsMutations,
];
