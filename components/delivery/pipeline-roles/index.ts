export { githubProblems } from "./check-github.ts";
export { type Choice, choices } from "./deploy-actions.ts";
export type { GithubRolesArgs } from "./github-args.ts";
export { GithubRoles } from "./github-roles.ts";
export { githubPath } from "./role-statements.ts";
