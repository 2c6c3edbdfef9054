import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import { parameterList, postgresVersions } from "../postgres-engine/index.ts";
import type { PostgresArgs } from "./args.ts";

/**
 * Each major has its own group: the family is in the logical name and Pulumi chooses the physical name, so that the new
 * group exists before the instance moves to it. Unless `removal` says "remove", the old group stays, because the
 * instance uses it until the maintenance window. It is not protected, because a protected group would block every major
 * upgrade, and RDS refuses to delete a group in use.
 */
export function createParameterGroup(name: string, args: PostgresArgs, parent: pulumi.Resource) {
  const family = postgresVersions[args.settings.majorVersion]?.family ?? "";
  return new aws.rds.ParameterGroup(
    `${name}-parameters-${family}`,
    {
      family,
      description: `Parameters of ${args.identifier}.`,
      parameters: parameterList(args.settings).map((parameter) => ({ ...parameter })),
    },
    { parent, retainOnDelete: dataOptions(args.removal).retainOnDelete },
  );
}
