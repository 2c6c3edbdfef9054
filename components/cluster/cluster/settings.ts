import type { NodeGroupsSettings } from "../node-pools/index.ts";

/** What an environment decides about its Kubernetes cluster. */
export interface ClusterSettings {
  /** Kubernetes minor such as "1.36"; must be in the version table of this folder. */
  readonly version: string;
  /** Addresses of Services; must not overlap any network. */
  readonly serviceCidr: string;
  /** Whether the API server also has a public endpoint, for the operator CIDRs of the stack file only. */
  readonly publicEndpoint: boolean;
  /** Days that control-plane logs are kept. */
  readonly logRetentionDays: number;
  /** Days that they are also kept in a bucket, from the day they are written; 0 for no bucket. */
  readonly logArchiveDays: number;
  readonly deletionProtected: boolean;
  /** Lets AWS move traffic out of a failing zone; needs a replica in every zone. */
  readonly zonalShift: boolean;
  readonly nodeGroups: NodeGroupsSettings;
}
