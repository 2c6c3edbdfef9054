import { fileURLToPath } from "node:url";

/** The gRPC interface of the task API: full name of the service, and the file that describes it. */
export const taskService = {
  name: "tasks.v1.TaskService",
  proto: fileURLToPath(new URL("../proto/tasks/v1/tasks.proto", import.meta.url)),
} as const;

/** Facts of the stream of changes that the API, the load balancer and CloudFront share. */
export const watchTasks = {
  /**
   * Seconds between heartbeats of a quiet stream. Below the idle time-out of the load balancer (60 s in every environment
   * spec, which counts no HTTP/2 pings) and the origin read time-out of CloudFront (30 s); a check compares them.
   */
  heartbeatSeconds: 20,
} as const;
