import type * as pulumi from "@pulumi/pulumi";
import type { AddonVersions } from "./names.ts";

export interface EksAddonsArgs {
  readonly versions: AddonVersions;
  /** Name of the cluster as an output of it, so that add-ons wait for it. */
  readonly readyClusterName: pulumi.Input<string>;
  /** In the trust policies of the add-ons' roles. */
  readonly clusterArn: string;
  readonly accountId: string;
  /** Number of zones of the cluster. */
  readonly zones: number;
  /** Encrypts the volumes of pods. */
  readonly diskKeyArn: pulumi.Input<string>;
}
