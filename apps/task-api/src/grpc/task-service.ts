import type { ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { taskService } from "@task-platform/contracts";

/** Names as in the proto, absent strings as "", and `optional` fields only when the caller has set them. */
const options = { keepCase: true, defaults: true, longs: Number, enums: String };

/** `tasks.v1.TaskService`, loaded from the published proto. */
export const taskServiceDefinition = loadTaskService();

function loadTaskService(): ServiceDefinition {
  const { proto, name } = taskService;
  const definition = loadSync(proto, options)[name];
  if (definition === undefined || "format" in definition) throw new Error(`${proto} has no service ${name}`);
  return definition;
}
