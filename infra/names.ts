import type { Environment } from "./environment.ts";

/** Physical names that outsiders use or that must be known before the thing exists; Pulumi makes all others. */
export function physicalNames({ spec }: { readonly spec: Pick<Environment["spec"], "name"> }) {
  const prefix = `task-${spec.name}`;
  return {
    prefix,
    cluster: prefix,
    database: `${prefix}-database`,
    cache: `${prefix}-queue`,
    cacheUser: `${prefix}-application`,
  };
}
