import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../../base/core/index.ts";
import { createAccountDefaults } from "./account-defaults.ts";
import type { AuditArgs } from "./args.ts";
import { checkAuditArgs } from "./check.ts";
import { createDetection } from "./detection.ts";
import { createTrail } from "./trail.ts";

/**
 * The audit trail of the account, intrusion detection, and secure defaults of the account.
 *
 * Guarantees: the trail records every region into an encrypted bucket, with digests that show any change of a file. Where
 * the settings ask for it, nobody can delete a file early, and each file is in another region within minutes. GuardDuty,
 * Inspector, Security Hub and Access Analyzer run, and their high findings reach the alarm topic. All of it belongs to the
 * account, so exactly one environment of an account owns it.
 */
export class Audit extends pulumi.ComponentResource {
  readonly trailArn: pulumi.Output<string>;
  readonly detectorId: pulumi.Output<string>;

  constructor(name: string, args: AuditArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:audit:Audit", name, {}, opts);
    refuse(`audit "${name}"`, checkAuditArgs(args), this);

    const trail = createTrail(name, args, this);
    const detector = createDetection(name, args, this);
    createAccountDefaults(name, args, this);

    this.trailArn = trail.arn;
    this.detectorId = detector.id;
    this.registerOutputs({ trailArn: this.trailArn, detectorId: this.detectorId });
  }
}
