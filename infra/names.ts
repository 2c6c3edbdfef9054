/** Image of a config key of the stack file, and the repository that it is pushed to. */
export const imageRepositories = { taskApiImage: "task-api", taskWorkerImage: "task-worker" } as const;

export type ImageKey = keyof typeof imageRepositories;

/** The Job that runs the migrations, its service account and its AWS role. It is in the image of the API. */
export const migrationName = "task-migrate";

/** Physical names that others use, or that must be known before the resource exists. Pulumi makes all other names. */
export function physicalNames({ spec }: { readonly spec: { readonly name: string } }) {
  const prefix = `task-${spec.name}`;
  return {
    prefix,
    cluster: prefix,
    database: `${prefix}-database`,
    cache: `${prefix}-queue`,
    cacheUser: `${prefix}-application`,
  };
}

/** Path of every role of one environment, so that the deploy role can be limited to them. */
export function rolePath(environment: string): string {
  return `/task-platform/${environment}/`;
}
