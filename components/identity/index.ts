export { githubProblems } from "./check-github.ts";
export { GithubRoles, type GithubRolesArgs } from "./github-roles.ts";
