export { githubProblems } from "./check-github.ts";
export { GithubRoles, type GithubRolesArgs, githubPath } from "./github-roles.ts";
