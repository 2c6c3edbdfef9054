import type * as pulumi from "@pulumi/pulumi";
import type { Variable } from "@task-platform/contracts";
import type { StatementInput } from "../../components/base/core/index.ts";
import type { Urgency } from "../../components/cluster/namespace/index.ts";
import type { Traffic } from "../../components/cluster/workload/index.ts";
import type { Data } from "../data/index.ts";
import type { Environment, RoleFacts } from "../environment/index.ts";
import type { ImageKey } from "../names.ts";
import type { Platform } from "../platform/index.ts";
import type { TrafficTable } from "./traffic.ts";

/** Variables of a container: only names that the contracts know. */
export type Variables = Readonly<Partial<Record<Variable, pulumi.Input<string>>>>;

/** What a row may read to fill in its variables and statements. */
export interface RoleContext {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly data: Data;
}

/** What a Deployment and a Job both need to know about a container and its network. */
export interface Container {
  /** Name of the Kubernetes objects, the service account and the AWS role. */
  readonly name: string;
  readonly image: ImageKey;
  /** Arguments of `node`, relative to the root of the image. */
  readonly args: readonly string[];
  /** Variables beyond the common ones and those that follow from `database`, `cache` and `kafka`. */
  readonly variables: (context: RoleContext) => Variables;
  readonly ingress: (traffic: TrafficTable) => readonly Traffic[];
  readonly egress: (traffic: TrafficTable) => readonly Traffic[];
}

/** The migration: a Job that signs in as the owner of the schema. */
export interface JobRole extends Container {
  readonly urgency: Urgency;
  readonly statements: (context: RoleContext) => readonly StatementInput[];
}

/**
 * Everything that the platform decides about one role of the software. The generic code of this room reads it: no other
 * file outside of tests, `apps/` and the specs names a role.
 */
export interface WorkloadRole extends RoleFacts, Container {
  /** Priority class: which pods a full cluster keeps. */
  readonly urgency: Urgency;
  /** The role signs in to the cache. */
  readonly cache: boolean;
  /** Secrets that the role reads as files. */
  readonly secretFiles: boolean;
}
