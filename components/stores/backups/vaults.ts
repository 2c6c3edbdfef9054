import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, policyDocument } from "../../base/core/index.ts";
import type { BackupsArgs } from "./args.ts";

/** Region of a vault, and what the vault needs from it. */
interface Place {
  readonly role: "home" | "copies";
  readonly keyArn: pulumi.Input<string>;
  /** Left out for the region of the block. */
  readonly provider?: pulumi.ProviderResource;
}

/** An encrypted vault with the lock of the settings, whose backups only the retention deletes. */
export function createVault(
  name: string,
  args: BackupsArgs,
  place: Place,
  parent: pulumi.Resource,
): aws.backup.Vault {
  const at = { parent, ...(place.provider ? { provider: place.provider } : {}) };
  const vaultName = `${args.prefix}-${place.role}`;
  const vault = new aws.backup.Vault(
    `${name}-${place.role}`,
    {
      // Fixed, because the plan, restore tests and people use the name.
      name: vaultName,
      kmsKeyArn: place.keyArn,
      forceDestroy: args.removal === "remove",
    },
    { ...at, ...dataOptions(args.removal) },
  );
  createLock(`${name}-${place.role}`, vault, args, at);
  new aws.backup.VaultPolicy(
    `${name}-${place.role}`,
    { backupVaultName: vault.name, policy: vaultPolicy() },
    at,
  );
  return vault;
}

function createLock(
  name: string,
  vault: aws.backup.Vault,
  { settings }: BackupsArgs,
  at: pulumi.CustomResourceOptions,
): void {
  if (settings.lock === "none") return;
  new aws.backup.VaultLockConfiguration(
    name,
    {
      backupVaultName: vault.name,
      // Nobody can delete a backup on its first day. A higher minimum would not fit continuous recovery points.
      minRetentionDays: 1,
      // One year: a longer retention by mistake would cost money until it is over.
      maxRetentionDays: 366,
      ...(settings.lock === "compliance" ? { changeableForDays: settings.coolingDays } : {}),
    },
    at,
  );
}

/** Applies to everybody, administrators included. To delete a backup, first change this policy; the trail records it. */
function vaultPolicy(): pulumi.Output<string> {
  return policyDocument([
    {
      sid: "NothingGoesEarly",
      effect: "Deny",
      principals: "*",
      actions: ["backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"],
      resources: ["*"],
    },
  ]);
}
