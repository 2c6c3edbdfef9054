import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { dataOptions, policyDocument } from "../../base/core/index.ts";
import type { BackupsArgs } from "./backups.ts";

/** Where a vault is, and what it needs of that region. */
interface Place {
  readonly role: "home" | "copies";
  readonly keyArn: pulumi.Input<string>;
  /** Left out at home, where the provider of the block is right. */
  readonly provider?: pulumi.ProviderResource;
}

/** A vault that nobody empties by accident: encrypted, locked by the settings, and its backups deleted by time alone. */
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
      // Fixed: the plan, restore tests and people name it.
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
      // Continuous recovery points must fit below it; a day is what nobody can delete a fresh backup within.
      minRetentionDays: 1,
      // A year: whoever asks for more by mistake would pay for it until the end.
      maxRetentionDays: 366,
      ...(settings.lock === "compliance" ? { changeableForDays: settings.coolingDays } : {}),
    },
    at,
  );
}

/** For everybody, administrators included: who must delete a backup changes this policy first, which is in the trail. */
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
