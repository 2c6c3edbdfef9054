import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, refuse } from "../../base/core/index.ts";
import type { ImagesArgs } from "./args.ts";
import { checkImagesArgs } from "./check.ts";
import type { ImagesSettings } from "./settings.ts";

/**
 * Image repositories in ECR.
 *
 * Guarantees: a tag never moves; every image is scanned at push and again for each new vulnerability; layers are encrypted
 * with the given key; images are copied to the recovery region where the settings ask for it. Scanning and replication are
 * settings of the account in its region, so one environment of an account owns this block.
 */
export class Images extends pulumi.ComponentResource {
  /** Address of each image repository by name, without a tag. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  readonly repositoryArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:images:Images", name, {}, opts);
    refuse(`images "${name}"`, checkImagesArgs(args), this);

    const repositories = args.repositories.map((repository): [string, aws.ecr.Repository] => [
      repository,
      createRepository(`${name}-${repository.replaceAll(/[/._]/g, "-")}`, repository, args, this),
    ]);
    createScanning(name, args, this);
    if (args.settings.replicated) createReplication(name, args, this);

    this.repositoryUrls = Object.fromEntries(
      repositories.map(([key, { repositoryUrl }]) => [key, repositoryUrl]),
    );
    this.repositoryArns = Object.fromEntries(repositories.map(([key, { arn }]) => [key, arn]));
    this.registerOutputs({ repositoryUrls: this.repositoryUrls });
  }
}

function createRepository(
  name: string,
  repositoryName: string,
  args: ImagesArgs,
  parent: Images,
): aws.ecr.Repository {
  const repository = new aws.ecr.Repository(
    name,
    {
      name: repositoryName,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: args.keyArn }],
      forceDelete: args.removal === "remove",
    },
    { parent, ...dataOptions(args.removal) },
  );
  new aws.ecr.LifecyclePolicy(
    name,
    { repository: repository.name, policy: lifecyclePolicy(args.settings) },
    { parent },
  );
  return repository;
}

/** Lifecycle policy, as the text that ECR stores. */
export function lifecyclePolicy({ untaggedDays, keptImages }: ImagesSettings): string {
  const expire = { type: "expire" };
  return JSON.stringify({
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
        action: expire,
      },
      {
        rulePriority: 2,
        description: "All but the newest",
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: keptImages },
        action: expire,
      },
    ],
  });
}

/** Inspector does the enhanced scanning: also for each new vulnerability, not only at push. */
function createScanning(name: string, args: ImagesArgs, parent: Images): void {
  new aws.ecr.RegistryScanningConfiguration(
    name,
    {
      scanType: "ENHANCED",
      rules: [
        {
          scanFrequency: "CONTINUOUS_SCAN",
          repositoryFilters: args.repositories.map((filter) => ({ filter, filterType: "WILDCARD" })),
        },
      ],
    },
    { parent },
  );
}

function createReplication(name: string, args: ImagesArgs, parent: Images): void {
  new aws.ecr.ReplicationConfiguration(
    name,
    {
      replicationConfiguration: {
        rules: [
          {
            destinations: [{ region: args.recoveryRegion, registryId: args.accountId }],
            repositoryFilters: args.repositories.map((filter) => ({ filter, filterType: "PREFIX_MATCH" })),
          },
        ],
      },
    },
    { parent },
  );
}
