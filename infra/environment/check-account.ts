import { type Problem, unless } from "../../components/base/core/index.ts";
import { pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { type ImageKey, imageRepositories, physicalNames } from "../names.ts";
import { keyAt, type StackConfig } from "./config-keys.ts";

/**
 * Images of other repositories than those that bootstrap makes in this account and region. The admission policy lets every image
 * of their host in, and the nodes may pull from no other registry.
 */
export function imageProblems(
  { region }: EnvironmentSpec,
  { accountId, ...config }: Partial<StackConfig>,
  source: string,
): Problem[] {
  if (accountId === undefined) return [];
  return Object.entries(imageRepositories).flatMap(([key, repository]) => {
    const image = config[key as ImageKey];
    const place = `${accountId}.dkr.ecr.${region}.amazonaws.com/${repository}`;
    return unless(image === undefined || image.startsWith(`${place}@`), {
      argument: keyAt(key, source),
      given: image ?? "nothing",
      allowed: `${place}@sha256:…`,
      fix: "push the image into the repository that npm run bootstrap makes there, and name its digest",
    });
  });
}

/**
 * The pipeline of another environment as the one that deploys here: it would be an administrator of this cluster, and the own
 * pipeline could change no object in it. A role of another kind of pipeline is allowed.
 */
export function deployRoleProblems(
  { name }: EnvironmentSpec,
  { accountId, deployRoleArn }: Partial<StackConfig>,
  source: string,
): Problem[] {
  if (accountId === undefined || deployRoleArn === undefined) return [];
  const made = madeDeployRoleArn(accountId, name);
  return unless(deployRoleArn === made || !deployRoleArn.includes(`:role${pipelineRolePath}`), {
    argument: keyAt("deployRoleArn", source),
    given: deployRoleArn,
    allowed: `${made}, which the program makes, or a role outside of ${pipelineRolePath}`,
    fix: "name the pipeline of this environment",
  });
}

/** ARN of the role that the program makes for the deploys of an environment. */
export function madeDeployRoleArn(accountId: string, environment: string): string {
  const { prefix } = physicalNames({ spec: { name: environment } });
  return `arn:aws:iam::${accountId}:role${pipelineRolePath}${prefix}-github-deploy`;
}
