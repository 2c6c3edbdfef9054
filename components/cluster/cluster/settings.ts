/** A managed node group, spread over every zone of the network. */
export interface NodeGroupSettings {
  /** All of one architecture; spot wants four or more. */
  readonly instanceTypes: readonly string[];
  readonly capacityType: "on-demand" | "spot";
  readonly minNodes: number;
  readonly maxNodes: number;
  readonly diskGiB: number;
}

/** What an environment decides about its Kubernetes cluster. */
export interface ClusterSettings {
  /** Kubernetes minor such as "1.36"; must be in the version table of this folder. */
  readonly version: string;
  /** Addresses of Services; must not touch any network. */
  readonly serviceCidr: string;
  /** Whether the API server also answers outside the network, and then only to the operator CIDRs of the stack file. */
  readonly publicEndpoint: boolean;
  /** Days that control-plane logs are kept. */
  readonly logRetentionDays: number;
  /** Days that they are kept in a bucket as well, from the first line on; 0 for no bucket. */
  readonly logArchiveDays: number;
  readonly deletionProtected: boolean;
  /** Lets AWS move traffic out of a failing zone; needs a replica in every zone. */
  readonly zonalShift: boolean;
  /** `system` carries controllers and is tainted; `application` the API; `worker` the workers. */
  readonly nodeGroups: {
    readonly system: NodeGroupSettings;
    readonly application: NodeGroupSettings;
    readonly worker: NodeGroupSettings;
  };
}
