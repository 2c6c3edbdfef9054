import { imageRepositories, imagesKeyAlias } from "../../../infra/names.ts";
import type { BootstrapOptions } from "../types.ts";

/** A build that nobody tags within a week is never promoted. */
const untaggedDays = 7;

/** With ten releases per week a rollback reaches five weeks back. */
const keptImages = 50;

const names: readonly string[] = Object.values(imageRepositories);

/**
 * The image repositories and the settings of their registry, in the words of the provider `aws`: the policy rules judge
 * them like resources of a plan. The commands are made from the same objects.
 */
export interface ImageResources {
  readonly region: string;
  readonly repositories: readonly {
    readonly name: string;
    readonly imageTagMutability: "IMMUTABLE";
    readonly imageScanningConfiguration: { readonly scanOnPush: true };
    readonly encryptionConfigurations: readonly [{ readonly encryptionType: "KMS"; readonly kmsKey: string }];
  }[];
  readonly lifecyclePolicy: string;
  readonly scanning: { readonly scanType: "ENHANCED"; readonly rules: readonly object[] };
  /** Only in the home region. The copies are not copied on. */
  readonly replication?: { readonly rules: readonly object[] };
}

/**
 * Both regions get the repositories. A repository that ECR makes for a copy has AWS's key and tags that move
 * (ECR User Guide, "Private image replication"); a copy into an existing one keeps its settings.
 */
export function imageResources({
  accountId,
  homeRegion,
  recoveryRegion,
}: BootstrapOptions): ImageResources[] {
  return [homeRegion, recoveryRegion].map((region) => ({
    region,
    repositories: names.map((name) => ({
      name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [
        { encryptionType: "KMS", kmsKey: `arn:aws:kms:${region}:${accountId}:${imagesKeyAlias}` },
      ],
    })),
    lifecyclePolicy,
    // Inspector does the enhanced scanning: also for each new vulnerability, not only at push.
    scanning: {
      scanType: "ENHANCED",
      rules: [
        {
          scanFrequency: "CONTINUOUS_SCAN",
          repositoryFilters: names.map((filter) => ({ filter, filterType: "WILDCARD" })),
        },
      ],
    },
    ...(region === homeRegion
      ? {
          // The standby must start without the home region.
          replication: {
            rules: [
              {
                destinations: [{ region: recoveryRegion, registryId: accountId }],
                repositoryFilters: names.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
              },
            ],
          },
        }
      : {}),
  }));
}

const lifecyclePolicy = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      description: "Layers of builds that nobody tagged",
      selection: {
        tagStatus: "untagged",
        countType: "sinceImagePushed",
        countUnit: "days",
        countNumber: untaggedDays,
      },
      action: { type: "expire" },
    },
    {
      rulePriority: 2,
      description: "All but the newest",
      selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keptImages },
      action: { type: "expire" },
    },
  ],
});
