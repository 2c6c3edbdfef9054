import type { Rule } from "../../kit/index.ts";
import { addonRules } from "./addons.ts";
import { admissionRules } from "./admission.ts";
import { clusterRules } from "./cluster.ts";
import { clusterAccessRules } from "./cluster-access.ts";
import { clusterOperationRules } from "./cluster-operation.ts";
import { grantRules } from "./grants.ts";
import { labelRules } from "./labels.ts";
import { launchTemplateRules } from "./launch-templates.ts";
import { namespaceRules } from "./namespaces.ts";
import { networkPolicyRules } from "./network-policies.ts";
import { nodeZoneRules } from "./node-zones.ts";
import { nodeRules } from "./nodes.ts";
import { workloadRules } from "./workload/index.ts";

/** Rules for the cluster, its nodes and namespaces, and what runs in them. */
export const clusterWardRules: readonly Rule[] = [
  ...addonRules,
  ...admissionRules,
  ...clusterAccessRules,
  ...clusterOperationRules,
  ...clusterRules,
  ...grantRules,
  ...labelRules,
  ...launchTemplateRules,
  ...namespaceRules,
  ...networkPolicyRules,
  ...nodeRules,
  ...nodeZoneRules,
  ...workloadRules,
];
