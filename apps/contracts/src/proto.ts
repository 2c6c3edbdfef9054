import { fileURLToPath } from "node:url";

/** The gRPC interface of the task API: full name of the service, and the file that describes it. */
export const taskService = {
  name: "tasks.v1.TaskService",
  proto: fileURLToPath(new URL("../proto/tasks/v1/tasks.proto", import.meta.url)),
} as const;
