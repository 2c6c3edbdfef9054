import { fileURLToPath } from "node:url";
import { type ServiceDefinition, status } from "@grpc/grpc-js";
import { loadSync, type Options } from "@grpc/proto-loader";
import { taskService } from "@task-platform/contracts";

/** Names as in the proto, absent strings as "", and `optional` fields only where they were sent. */
const options: Options = { keepCase: true, defaults: true, longs: Number, enums: String };

/** `tasks.v1.TaskService`, read from the proto that clients get. */
export const taskServiceDefinition = serviceOf(taskService.proto, taskService.name);

/** What load balancers and clients ask for health. */
export const healthServiceDefinition = serviceOf(
  fileURLToPath(new URL("./health.proto", import.meta.url)),
  "grpc.health.v1.Health",
);

function serviceOf(proto: string, name: string): ServiceDefinition {
  const definition = loadSync(proto, options)[name];
  if (definition === undefined || "format" in definition)
    throw new Error(`${proto} holds no service ${name}`);
  return definition;
}

/** Name of a code, for logs. */
export function codeName(code: status): string {
  return status[code];
}
