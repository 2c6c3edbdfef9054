import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { dataOptions, type Removal, refuse } from "../../base/core/index.ts";
import { imagesProblems } from "./check-settings.ts";
import type { ImagesSettings } from "./settings.ts";

export interface ImagesArgs {
  readonly settings: ImagesSettings;
  /** Names of the repositories; fixed, because digests in stack files and pipelines name them. */
  readonly repositories: readonly string[];
  readonly accountId: string;
  readonly region: string;
  readonly recoveryRegion: string;
  readonly removal: Removal;
  /** Encrypts the layers. Changing it replaces a repository. */
  readonly keyArn: pulumi.Input<string>;
}

/**
 * Repositories of container images.
 *
 * Guarantees: a tag never moves, every push is scanned and scanned again when a new vulnerability is known, layers are
 * encrypted with the given key, images are copied to the recovery region where the settings ask for it. Scanning and
 * replication are settings of the whole registry, so one environment of an account owns this block.
 */
export class Images extends pulumi.ComponentResource {
  /** Address of each repository by name, without tag. */
  readonly repositoryUrls: Readonly<Record<string, pulumi.Output<string>>>;
  readonly repositoryArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: ImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("task-platform:images:Images", name, {}, opts);
    refuse(`images "${name}"`, imagesProblems(args), this);

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

/** What ECR removes by itself, as the text it stores. */
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

/** Enhanced scanning is done by Inspector: it scans again when a vulnerability becomes known, not only at a push. */
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
