import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createAlarms } from "../../base/alarms/index.ts";
import { attackAlarmSpec } from "./alarms.ts";

interface ShieldArgs {
  /** Part of the names, such as "api". */
  readonly key: string;
  readonly resourceArn: pulumi.Input<string>;
  /** Lets Shield distinguish an attack from a busy day and react earlier. @default none */
  readonly healthCheckArn?: pulumi.Input<string>;
  /** Whether Shield's own rules block or only count. */
  readonly mode: "count" | "block";
  readonly alarmTopicArn: pulumi.Input<string>;
}

/**
 * Shield Advanced for one resource that has a web ACL, with the automatic response in the ACL and an alarm.
 *
 * The subscription is not made here: it belongs to the account, lasts a year, and a destroy cannot cancel it. Without it
 * AWS refuses the first of these resources with a clear message.
 */
export function createShield(
  name: string,
  args: ShieldArgs,
  /** Resources that attach the web ACL; without an ACL AWS refuses the automatic response. */
  attached: readonly pulumi.Resource[],
  parent: pulumi.Resource,
): void {
  const protection = new aws.shield.Protection(
    `${name}-shield-${args.key}`,
    { resourceArn: args.resourceArn },
    { parent },
  );
  if (args.healthCheckArn !== undefined) {
    new aws.shield.ProtectionHealthCheckAssociation(
      `${name}-shield-${args.key}`,
      { shieldProtectionId: protection.id, healthCheckArn: args.healthCheckArn },
      { parent },
    );
  }
  new aws.shield.ApplicationLayerAutomaticResponse(
    `${name}-shield-${args.key}`,
    { resourceArn: args.resourceArn, action: args.mode === "block" ? "BLOCK" : "COUNT" },
    { parent, dependsOn: [protection, ...attached] },
  );
  const specs = [attackAlarmSpec(args.key, args.resourceArn)];
  createAlarms(name, specs, { topicArn: args.alarmTopicArn }, parent);
}
