import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions } from "../../base/core/index.ts";
import type { PostgresArgs } from "./args.ts";
import { parameterList } from "./parameters.ts";
import { postgresVersions } from "./versions.ts";

/**
 * The group is a new one for each major: family in the logical name, physical name by Pulumi, so that the next group
 * exists before the instance moves to it. The old one stays where data is kept: the instance holds on to it until the
 * maintenance window. For the same reason it is not protected: a protected group would block every major upgrade, and
 * RDS itself refuses to delete one in use.
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
