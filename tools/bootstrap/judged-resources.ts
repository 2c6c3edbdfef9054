import type { evaluate } from "../../policies/index.ts";
import { imageResources } from "./images/index.ts";
import { bootstrapSteps } from "./steps.ts";
import type { BootstrapOptions } from "./types.ts";

type Resource = Parameters<typeof evaluate>[0][number];

/** The commands that carry a policy document: the type that the rules know it by, and its property. */
const documents: Readonly<Record<string, readonly [type: string, property: string]>> = {
  "iam create-role": ["aws:iam/role:Role", "assumeRolePolicy"],
  "iam update-assume-role-policy": ["aws:iam/role:Role", "assumeRolePolicy"],
  "iam put-role-policy": ["aws:iam/rolePolicy:RolePolicy", "policy"],
  "iam create-policy": ["aws:iam/policy:Policy", "policy"],
  "s3api put-bucket-policy": ["aws:s3/bucketPolicy:BucketPolicy", "policy"],
};

/** What the policy rules judge of the layer of the account, in the form of the resources of a plan. */
export function judgedResources(options: BootstrapOptions): readonly Resource[] {
  return [...judgedDocuments(options), ...judgedImages(options)];
}

/** Every policy document, as the command carries it. */
function judgedDocuments(options: BootstrapOptions): readonly Resource[] {
  return bootstrapSteps(options)
    .flatMap(({ make }) => make)
    .flatMap((args, at) => {
      const [type, property] = documents[args.slice(0, 2).join(" ")] ?? [];
      return type === undefined || property === undefined
        ? []
        : [resource(type, `${args[3]}-${at}`, options.homeRegion, { [property]: args.at(-1) })];
    });
}

function judgedImages(options: BootstrapOptions): readonly Resource[] {
  return imageResources(options).flatMap(({ region, repositories, lifecyclePolicy, replication }) => [
    ...repositories.flatMap((repository) => [
      resource("aws:ecr/repository:Repository", `${repository.name}-${region}`, region, repository),
      resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", `${repository.name}-${region}`, region, {
        repository: `${repository.name}-${region}`,
        policy: lifecyclePolicy,
      }),
    ]),
    ...(replication
      ? [
          resource("aws:ecr/replicationConfiguration:ReplicationConfiguration", `images-${region}`, region, {
            replicationConfiguration: replication,
          }),
        ]
      : []),
  ]);
}

function resource(type: string, name: string, region: string, inputs: object): Resource {
  return {
    urn: `urn:pulumi:account::task-platform::${type}::${name}`,
    type,
    name,
    parent: "",
    id: name,
    inputs: { ...inputs },
    options: {
      protect: false,
      provider: region,
      ignoreChanges: [],
      dependencies: [],
      propertyDependencies: {},
    },
  };
}
