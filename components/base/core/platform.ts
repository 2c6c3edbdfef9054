/**
 * What the platform is called: the one place. Names of resources, tags, labels and messages begin with it; the project in
 * `Pulumi.yaml`, the keys of the stack files and what `npm run bootstrap` makes have it too, and tests compare them. Names
 * are identities, so a change is for a platform that does not exist yet.
 *
 * The type of a component (`task-platform:network:Network`) and the names of the npm packages are names of code and stay.
 */
export const platform = {
  /** For what exists once in an account or a cluster. */
  name: "task-platform",
  /** Before the name of an environment, at most 8 characters: it is part of names with a limit of 32. */
  prefix: "task",
} as const;
