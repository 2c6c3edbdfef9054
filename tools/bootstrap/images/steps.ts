import { type BootstrapOptions, command, type Step } from "../types.ts";
import { type ImageResources, imageResources } from "./resources.ts";

/**
 * Image repositories, before any environment exists: the first one to be deployed needs digests in them. No environment
 * owns them, so no destroy deletes an image. Nothing here deletes or replaces anything either.
 */
export function imageSteps(options: BootstrapOptions): Step[] {
  return imageResources(options).flatMap((resources) => [
    ...resources.repositories.flatMap((repository) => repositorySteps(repository, resources)),
    registryStep(resources),
  ]);
}

function repositorySteps(
  repository: ImageResources["repositories"][number],
  { region, lifecyclePolicy }: ImageResources,
): Step[] {
  const { name, imageTagMutability, imageScanningConfiguration, encryptionConfigurations } = repository;
  const ecr = (action: string, ...more: readonly string[]) =>
    command(`ecr ${action} --repository-name ${name} --region ${region}`, ...more);
  const [{ encryptionType, kmsKey }] = encryptionConfigurations;
  const scanning = `scanOnPush=${imageScanningConfiguration.scanOnPush}`;
  return [
    {
      title: `image repository ${name} in ${region}`,
      check: command(`ecr describe-repositories --repository-names ${name} --region ${region}`),
      make: [
        ecr(
          "create-repository",
          "--image-tag-mutability",
          imageTagMutability,
          "--image-scanning-configuration",
          scanning,
          // Fixed at creation. A repository that exists keeps the key it has.
          "--encryption-configuration",
          `encryptionType=${encryptionType},kmsKey=${kmsKey}`,
        ),
      ],
    },
    {
      title: "  tags never move, scanned at push, old images expire",
      make: [
        ecr("put-image-tag-mutability", "--image-tag-mutability", imageTagMutability),
        ecr("put-image-scanning-configuration", "--image-scanning-configuration", scanning),
        ecr("put-lifecycle-policy", "--lifecycle-policy-text", lifecyclePolicy),
      ],
    },
  ];
}

/** Settings of the registry, which an account has once per region. They replace what is there. */
function registryStep({ region, scanning, replication }: ImageResources): Step {
  return {
    title: `images in ${region}: scanned for each new vulnerability${replication ? ", copied with every push" : ""}`,
    make: [
      command(
        `ecr put-registry-scanning-configuration --scan-type ${scanning.scanType} --region ${region} --rules`,
        JSON.stringify(scanning.rules),
      ),
      ...(replication
        ? [
            command(
              `ecr put-replication-configuration --region ${region} --replication-configuration`,
              JSON.stringify(replication),
            ),
          ]
        : []),
    ],
  };
}
