import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import type * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { platform } from "../components/base/core/index.ts";
import type { Environment } from "./environment/index.ts";

/** Providers of one environment. Default providers are disabled, so nothing reaches another account or region. */
export interface Providers {
  readonly home: aws.Provider;
  /** The same account in the recovery region. */
  readonly recovery: aws.Provider;
  /** Providers of every package that blocks use, in the home region. */
  readonly all: pulumi.ProviderResource[];
}

/** The state of every resource contains their logical names, so a rename changes every resource. */
export function createProviders(environment: Environment): Providers {
  const { spec, config } = environment;
  const shared = {
    // With credentials of another account the deploy fails before it changes anything.
    allowedAccountIds: [config.accountId],
    defaultTags: { tags: standardTags(environment) },
  };
  const home = new aws.Provider("aws-home", { region: spec.region, ...shared });
  const recovery = new aws.Provider("aws-recovery", { region: spec.recoveryRegion, ...shared });
  const all = [home, new random.Provider("random"), new eks.Provider("eks")];
  return { home, recovery, all };
}

/** Tags of every resource that supports tags, for bills and searches. */
export function standardTags({ spec }: Environment): Record<string, string> {
  return {
    Project: platform.name,
    Environment: spec.name,
    Owner: spec.tags.owner,
    CostCenter: spec.tags.costCenter,
    DataClassification: spec.tags.dataClassification,
    ManagedBy: "pulumi",
  };
}
