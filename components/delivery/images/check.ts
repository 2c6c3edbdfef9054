import { isWhole, type Problem, under } from "../../base/core/index.ts";
import type { ImagesArgs } from "./args.ts";
import type { ImagesSettings } from "./settings.ts";

/** Enough for the image of every environment, one to roll back to, and one under test. */
const leastKeptImages = 10;

/** All problems of the arguments of the block. */
export function checkImagesArgs(args: ImagesArgs): Problem[] {
  return [
    ...nameProblems(args.repositories),
    ...under("settings", checkImagesSettings(args.settings)),
    ...replicationProblems(args),
  ];
}

function nameProblems(repositories: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  if (repositories.length === 0) {
    problems.push({
      argument: "repositories",
      given: "none",
      allowed: "one name or more",
      fix: "name one image repository per image",
    });
  }
  for (const name of repositories) {
    if (!/^[a-z][a-z0-9]*(?:[-_./][a-z0-9]+)*$/.test(name) || name.length > 200) {
      problems.push({
        argument: "repositories",
        given: `"${name}"`,
        allowed: "lower-case letters, digits and single -, _, . or / between them, at most 200",
        fix: "use the name of the workload, such as task-api",
      });
    }
  }
  const repeated = repositories.filter((name, at) => repositories.indexOf(name) !== at);
  for (const name of new Set(repeated)) {
    problems.push({
      argument: "repositories",
      given: `"${name}" more than once`,
      allowed: "each name once",
      fix: "remove one of them",
    });
  }
  return problems;
}

/** All problems of the image settings of an environment. */
export function checkImagesSettings(settings: ImagesSettings): Problem[] {
  const problems: Problem[] = [];
  if (!isWhole(settings.untaggedDays, 1)) {
    problems.push({
      argument: "untaggedDays",
      given: String(settings.untaggedDays),
      allowed: "a whole number from 1",
      fix: "use 7: a build that is not promoted within a week never is",
    });
  }
  if (!isWhole(settings.keptImages, leastKeptImages)) {
    problems.push({
      argument: "keptImages",
      given: String(settings.keptImages),
      allowed: `a whole number from ${leastKeptImages}`,
      fix: "use 50: ECR must never remove an image that is in use",
    });
  }
  return problems;
}

function replicationProblems({ settings, region, recoveryRegion }: ImagesArgs): Problem[] {
  if (!settings.replicated || region !== recoveryRegion) return [];
  return [
    {
      argument: "recoveryRegion",
      given: `"${recoveryRegion}", the region of the images`,
      allowed: "another region",
      fix: "pass the recovery region, or set settings.replicated to false",
    },
  ];
}
