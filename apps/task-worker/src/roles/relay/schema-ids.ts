import { taskEventSchemas, taskEventSubject } from "@task-platform/contracts";
import type { SchemaRegistry } from "@task-platform/runtime/schema-registry";

/**
 * Id in the schema registry of a version of the task event. Registers all versions up to it in order, because the
 * schema registry checks each version against the one before.
 *
 * @throws Error for a version that this build does not know: a newer API wrote the event, so update the worker first
 */
export async function schemaIdOf(schemaRegistry: SchemaRegistry, version: number): Promise<number> {
  if (taskEventSchemas[version - 1] === undefined) {
    throw new Error(
      `the outbox holds version ${version} of the task event; this worker knows 1 to ${taskEventSchemas.length}; roll the worker out before the API`,
    );
  }
  let id = 0;
  for (const schema of taskEventSchemas.slice(0, version)) {
    id = await schemaRegistry.register(taskEventSubject, schema);
  }
  return id;
}
