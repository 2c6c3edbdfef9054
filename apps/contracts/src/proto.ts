import { fileURLToPath } from "node:url";

/** The interface of the task API over gRPC: the service's full name, and the file that describes it. */
export const taskService = {
  name: "tasks.v1.TaskService",
  proto: fileURLToPath(new URL("../proto/tasks/v1/tasks.proto", import.meta.url)),
} as const;
