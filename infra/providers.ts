import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Environment } from "./environment/index.ts";

/** Providers of one environment. Default providers are disabled, so nothing reaches another account or region. */
export interface Providers {
  readonly home: aws.Provider;
  /** The same account in the region that takes over. */
  readonly recovery: aws.Provider;
  /** For blocks: every package they use, in the home region. */
  readonly all: pulumi.ProviderResource[];
}

/** Their logical names are in the state of every resource: a rename is a change of all of them. */
export function createProviders(environment: Environment): Providers {
  const { spec, config } = environment;
  const shared = {
    // Credentials of another account end the deploy before the first call that changes anything.
    allowedAccountIds: [config.accountId],
    defaultTags: { tags: standardTags(environment) },
  };
  const home = new aws.Provider("aws-home", { region: spec.region, ...shared });
  const recovery = new aws.Provider("aws-recovery", { region: spec.recoveryRegion, ...shared });
  const all = [home, new random.Provider("random"), new eks.Provider("eks")];
  return { home, recovery, all };
}

/** On everything that takes tags; bills and searches go by them. */
export function standardTags({ spec }: Environment): Record<string, string> {
  return {
    Project: "task-platform",
    Environment: spec.name,
    Owner: spec.tags.owner,
    CostCenter: spec.tags.costCenter,
    DataClassification: spec.tags.dataClassification,
    ManagedBy: "pulumi",
  };
}
