import type { Mutation } from "../mutation.ts";
import { admissionMutations } from "./admission.ts";
import { auditMutations } from "./audit.ts";
import { backupsMutations } from "./backups.ts";
import { cacheMutations } from "./cache.ts";
import { clusterMutations } from "./cluster.ts";
import { deployMutations } from "./deploy.ts";
import { edgeMutations } from "./edge.ts";
import { firewallMutations } from "./firewall.ts";
import { guardsMutations } from "./guards.ts";
import { identityMutations } from "./identity.ts";
import { infraMutations } from "./infra.ts";
import { kafkaMutations } from "./kafka.ts";
import { logArchiveMutations } from "./log-archive.ts";
import { networkMutations } from "./network.ts";
import { operationsMutations } from "./operations.ts";
import { postgresMutations } from "./postgres.ts";
import { postgresLifeMutations } from "./postgres-life.ts";
import { secretsMutations } from "./secrets.ts";
import { specsMutations } from "./specs.ts";
import { workloadMutations } from "./workload.ts";

/** Everything that is broken on purpose, area by area. */
export const mutations: readonly Mutation[] = [
  ...networkMutations,
  ...clusterMutations,
  ...postgresMutations,
  ...postgresLifeMutations,
  ...cacheMutations,
  ...kafkaMutations,
  ...backupsMutations,
  ...edgeMutations,
  ...firewallMutations,
  ...guardsMutations,
  ...operationsMutations,
  ...auditMutations,
  ...logArchiveMutations,
  ...identityMutations,
  ...deployMutations,
  ...secretsMutations,
  ...workloadMutations,
  ...admissionMutations,
  ...infraMutations,
  ...specsMutations,
];
