import type * as pulumi from "@pulumi/pulumi";
import type { StatementInput } from "../../base/core/index.ts";

export interface PodIdentityArgs {
  readonly clusterName: pulumi.Input<string>;
  readonly clusterArn: pulumi.Input<string>;
  readonly accountId: string;
  /** Namespace and service account are in the trust policy: no other pod can assume the role. */
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Everything that the pods may do in AWS. */
  readonly statements: pulumi.Input<readonly StatementInput[]>;
}
