import type { Rule } from "../types.ts";
import { accessListRules } from "./access-lists.ts";
import { accountRules } from "./account.ts";
import { accountObjectRules } from "./accounts.ts";
import { addonRules } from "./addons.ts";
import { admissionRules } from "./admission.ts";
import { alarmRules } from "./alarms.ts";
import { auditRules } from "./audit.ts";
import { backupRules } from "./backup.ts";
import { bucketRules } from "./buckets.ts";
import { cacheRules } from "./cache.ts";
import { cacheUserRules } from "./cache-users.ts";
import { clusterRules } from "./cluster.ts";
import { clusterAccessRules } from "./cluster-access.ts";
import { clusterRunningRules } from "./cluster-running.ts";
import { containerRules } from "./containers.ts";
import { databaseProtectionRules } from "./database.ts";
import { databaseAccessRules } from "./database-access.ts";
import { databaseNeighbourRules } from "./database-neighbours.ts";
import { databaseRunningRules } from "./database-running.ts";
import { endpointRules } from "./endpoints.ts";
import { externalSecretRules } from "./external-secrets.ts";
import { firewallRules } from "./firewall.ts";
import { firewallLogRules } from "./firewall-logs.ts";
import { grantRules } from "./grants.ts";
import { groupHygieneRules } from "./group-hygiene.ts";
import { imageRules } from "./images.ts";
import { kafkaRules } from "./kafka.ts";
import { kafkaNeighbourRules } from "./kafka-topics.ts";
import { keyRules } from "./keys.ts";
import { launchTemplateRules } from "./launch-templates.ts";
import { loadBalancerRules } from "./load-balancers.ts";
import { logRules } from "./logs.ts";
import { messageRules } from "./messages.ts";
import { nameRules } from "./names.ts";
import { namespaceRules } from "./namespaces.ts";
import { networkRules } from "./network.ts";
import { networkPolicyRules } from "./network-policies.ts";
import { nodeGroupRules } from "./nodes.ts";
import { permissionRules } from "./permissions.ts";
import { placementRules } from "./placement.ts";
import { podRules } from "./pods.ts";
import { probeRules } from "./probes.ts";
import { programRules } from "./program.ts";
import { publicAccessRules } from "./public-access.ts";
import { roleRules } from "./roles.ts";
import { routeRules } from "./routes.ts";
import { scalingRules } from "./scaling.ts";
import { secretRules } from "./secrets.ts";
import { securityGroupRules } from "./security-groups.ts";
import { serviceRules } from "./services.ts";
import { targetRules } from "./targets.ts";

/** Every rule of the pack. */
export const rules: readonly Rule[] = [
  ...accessListRules,
  ...accountRules,
  ...accountObjectRules,
  ...addonRules,
  ...admissionRules,
  ...alarmRules,
  ...auditRules,
  ...backupRules,
  ...bucketRules,
  ...cacheUserRules,
  ...cacheRules,
  ...clusterAccessRules,
  ...clusterRunningRules,
  ...clusterRules,
  ...containerRules,
  ...databaseAccessRules,
  ...databaseNeighbourRules,
  ...databaseRunningRules,
  ...databaseProtectionRules,
  ...endpointRules,
  ...firewallLogRules,
  ...externalSecretRules,
  ...firewallRules,
  ...grantRules,
  ...groupHygieneRules,
  ...imageRules,
  ...kafkaNeighbourRules,
  ...kafkaRules,
  ...keyRules,
  ...launchTemplateRules,
  ...loadBalancerRules,
  ...logRules,
  ...messageRules,
  ...nameRules,
  ...namespaceRules,
  ...networkPolicyRules,
  ...networkRules,
  ...nodeGroupRules,
  ...permissionRules,
  ...placementRules,
  ...podRules,
  ...probeRules,
  ...programRules,
  ...publicAccessRules,
  ...roleRules,
  ...routeRules,
  ...scalingRules,
  ...secretRules,
  ...securityGroupRules,
  ...serviceRules,
  ...targetRules,
];
