import type { Rule } from "../../../kit/index.ts";
import { containerRules } from "./containers.ts";
import { externalSecretRules } from "./external-secrets.ts";
import { identityRules } from "./identities.ts";
import { placementRules } from "./placement.ts";
import { podRules } from "./pods.ts";
import { probeRules } from "./probes.ts";
import { resilienceRules } from "./resilience.ts";
import { scalingRules } from "./scaling.ts";
import { serviceAccountRules } from "./service-accounts.ts";
import { serviceRules } from "./services.ts";

/** Rules for what runs in the cluster: pods, containers, their placement, scaling and services. */
export const workloadRules: readonly Rule[] = [
  ...containerRules,
  ...externalSecretRules,
  ...identityRules,
  ...placementRules,
  ...podRules,
  ...probeRules,
  ...resilienceRules,
  ...scalingRules,
  ...serviceAccountRules,
  ...serviceRules,
];
