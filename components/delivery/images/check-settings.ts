import type { Problem } from "../../base/core/index.ts";
import type { ImagesArgs } from "./images.ts";
import type { ImagesSettings } from "./settings.ts";

/** Fewer would not hold one image of every environment, one to roll back to, and one that is being tested. */
const leastKeptImages = 10;

/** Everything wrong with the arguments of the block. */
export function imagesProblems(args: ImagesArgs): Problem[] {
  return [
    ...nameProblems(args.repositories),
    ...checkImagesSettings(args.settings).map((problem) => ({
      ...problem,
      argument: `settings.${problem.argument}`,
    })),
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
      fix: "name one repository an image",
    });
  }
  for (const name of repositories) {
    if (!/^[a-z][a-z0-9]*(?:[-_./][a-z0-9]+)*$/.test(name) || name.length > 200) {
      problems.push({
        argument: "repositories",
        given: `"${name}"`,
        allowed: "lower-case letters, digits and single -, _, . or / between them, at most 200",
        fix: "name it like the workload, such as task-api",
      });
    }
  }
  const twice = repositories.filter((name, at) => repositories.indexOf(name) !== at);
  for (const name of new Set(twice)) {
    problems.push({
      argument: "repositories",
      given: `"${name}" more than once`,
      allowed: "each name once",
      fix: "remove one of them",
    });
  }
  return problems;
}

/** Everything wrong with what an environment says about its images. */
export function checkImagesSettings(settings: ImagesSettings): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isInteger(settings.untaggedDays) || settings.untaggedDays < 1) {
    problems.push({
      argument: "untaggedDays",
      given: String(settings.untaggedDays),
      allowed: "a whole number from 1",
      fix: "take 7: a build that is not promoted in a week is not promoted",
    });
  }
  if (!Number.isInteger(settings.keptImages) || settings.keptImages < leastKeptImages) {
    problems.push({
      argument: "keptImages",
      given: String(settings.keptImages),
      allowed: `a whole number from ${leastKeptImages}`,
      fix: "take 50: an image that runs anywhere must never be removed",
    });
  }
  return problems;
}

function replicationProblems({ settings, region, recoveryRegion }: ImagesArgs): Problem[] {
  if (!settings.replicated || region !== recoveryRegion) return [];
  return [
    {
      argument: "recoveryRegion",
      given: `"${recoveryRegion}", where the images already are`,
      allowed: "another region",
      fix: "name the region that takes over, or set settings.replicated to false",
    },
  ];
}
