import { flag, group, mostDays, number, type Settings, text } from "../../base/core/settings.ts";
import { nodeGroupsSettings } from "../node-pools/settings.ts";

/** What an environment decides about its Kubernetes cluster. */
export const clusterSettings = group({
  /** Kubernetes minor such as "1.36"; must be in the version table of this folder. */
  version: text("1.36"),
  /** Addresses of Services; must not overlap any network. */
  serviceCidr: text("172.20.0.0/16"),
  /** Whether the API server also has a public endpoint, for the operator CIDRs of the stack file only. */
  publicEndpoint: flag(),
  /** Days that control-plane logs are kept. */
  logRetentionDays: number(),
  /** Days that they are also kept in a bucket, from the day they are written; 0 for no bucket. */
  logArchiveDays: number({ most: mostDays }),
  deletionProtected: flag(),
  /** Lets AWS move traffic out of a failing zone; needs a replica in every zone. */
  zonalShift: flag(),
  nodeGroups: nodeGroupsSettings,
});

export type ClusterSettings = Settings<typeof clusterSettings>;
