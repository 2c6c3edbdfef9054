import type { OutputTable } from "./types.ts";

/** ECR: a repository is addressed by account, region and name. */
export const imagesOutputs = {
  "aws:ecr/repository:Repository": (r) => ({
    name: r.inputs.name,
    arn: r.arn("ecr", `repository/${String(r.inputs.name)}`),
    registryId: r.accountId,
    repositoryUrl: `${r.accountId}.dkr.ecr.${r.region}.amazonaws.com/${String(r.inputs.name)}`,
  }),
} satisfies OutputTable;
