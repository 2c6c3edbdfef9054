import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditArgs } from "./args.ts";

/** Defaults for resources that this program does not make: made by hand, by an autoscaler, or by another program. */
export function createAccountDefaults(name: string, args: AuditArgs, parent: pulumi.Resource): void {
  new aws.ebs.EncryptionByDefault(name, { enabled: true }, { parent });
  new aws.ebs.DefaultKmsKey(name, { keyArn: args.diskKeyArn }, { parent });
  new aws.ebs.SnapshotBlockPublicAccess(name, { state: "block-all-sharing" }, { parent });
  new aws.s3.AccountPublicAccessBlock(
    name,
    {
      accountId: args.accountId,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  new aws.ec2.InstanceMetadataDefaults(
    name,
    { httpTokens: "required", httpPutResponseHopLimit: 1, httpEndpoint: "enabled" },
    { parent },
  );
  // CIS AWS Foundations, section 1. No user should have a password here; if one has, it must be strong.
  new aws.iam.AccountPasswordPolicy(
    name,
    {
      minimumPasswordLength: 14,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      allowUsersToChangePassword: true,
    },
    { parent },
  );
}
