import { nameOf } from "./names.ts";
import type { OutputTable } from "./types.ts";

/** Repositories of images. */
export const imageOutputs = {
  "aws:ecr/repository:Repository": (r) => {
    const name = nameOf(r);
    return {
      id: name,
      name,
      arn: r.arn("ecr", `repository/${name}`),
      registryId: r.accountId,
      repositoryUrl: `${r.accountId}.dkr.ecr.${r.region}.amazonaws.com/${name}`,
    };
  },
} satisfies OutputTable;
