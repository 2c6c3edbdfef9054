import type { evaluate } from "../../policies/index.ts";
import { imageResources } from "./image-resources.ts";
import type { BootstrapOptions } from "./types.ts";

type Resource = Parameters<typeof evaluate>[0][number];

/** What the policy rules judge of the layer of the account, in the form of the resources of a plan. */
export function judgedResources(options: BootstrapOptions): readonly Resource[] {
  return imageResources(options).flatMap(({ region, repositories, lifecyclePolicy, replication }) => {
    const judged = (type: string, name: string, inputs: object): Resource => ({
      urn: `urn:pulumi:account::task-platform::${type}::${name}-${region}`,
      type,
      name: `${name}-${region}`,
      parent: "",
      id: `${name}-${region}`,
      inputs: { ...inputs },
      options: {
        protect: false,
        provider: region,
        ignoreChanges: [],
        dependencies: [],
        propertyDependencies: {},
      },
    });
    return [
      ...repositories.flatMap((repository) => [
        judged("aws:ecr/repository:Repository", repository.name, repository),
        judged("aws:ecr/lifecyclePolicy:LifecyclePolicy", repository.name, {
          repository: `${repository.name}-${region}`,
          policy: lifecyclePolicy,
        }),
      ]),
      ...(replication
        ? [
            judged("aws:ecr/replicationConfiguration:ReplicationConfiguration", "images", {
              replicationConfiguration: replication,
            }),
          ]
        : []),
    ];
  });
}
