import { taskEventSchemas, taskEventSubject } from "@task-platform/contracts";
import type { SchemaRegistry } from "@task-platform/runtime";

/**
 * Registry id of a version of the task event. Versions are registered in their order, as the registry checks each
 * against the one before.
 *
 * @throws Error for a version this build does not know: a newer API wrote it, so the worker must be updated first.
 */
export async function schemaIdOf(registry: SchemaRegistry, version: number): Promise<number> {
  if (taskEventSchemas[version - 1] === undefined) {
    throw new Error(
      `the outbox holds version ${version} of the task event; this worker knows 1 to ${taskEventSchemas.length}; roll the worker out before the API`,
    );
  }
  let id = 0;
  for (const schema of taskEventSchemas.slice(0, version))
    id = await registry.register(taskEventSubject, schema);
  return id;
}
