import { Counter, Histogram, type Logger, type Registry, unreachable } from "@task-platform/runtime";
import type { Task, UpdatedTask } from "./tasks/index.ts";

/** What happens to tasks, told once for logs and metrics. */
export interface TaskEvents {
  created(task: Task): void;
  updated(task: Task): void;
  completed(task: Task): void;
  deleted(task: Task): void;
}

/** What someone who watches for misuse wants to see. */
export interface SecurityEvents {
  authenticationFailed(reason: string): void;
  authorizationDenied(scope: string): void;
  rateLimited(): void;
}

/** Minute to week: specification section 7. */
const completionBucketsSeconds = [60, 300, 900, 3600, 86_400, 604_800];

export function createTaskEvents(logger: Logger, registry: Registry): TaskEvents {
  const registers = [registry];
  const created = new Counter({ name: "tasks_created_total", help: "Tasks created.", registers });
  const completed = new Counter({ name: "tasks_completed_total", help: "Tasks completed.", registers });
  const duration = new Histogram({
    name: "task_completion_duration_seconds",
    help: "Time from the creation of a task to its completion.",
    buckets: completionBucketsSeconds,
    registers,
  });
  // Ids only: titles and descriptions belong to the user.
  const tell = (task: Task, message: string): void =>
    logger.info({ task_id: task.id, version: task.version }, message);
  return {
    created: (task) => {
      created.inc();
      tell(task, "task created");
    },
    updated: (task) => tell(task, "task updated"),
    completed: (task) => {
      completed.inc();
      // Never below zero, should the clock of the database have been set back meanwhile.
      duration.observe(Math.max(0, task.updatedAt.getTime() - task.createdAt.getTime()) / 1000);
      tell(task, "task completed");
    },
    deleted: (task) => tell(task, "task deleted"),
  };
}

/** Tells what became of an update. */
export function tellUpdate(events: TaskEvents, { task, change }: UpdatedTask): void {
  switch (change) {
    case "none":
      return;
    case "updated":
      events.updated(task);
      return;
    case "completed":
      events.completed(task);
      return;
    default:
      unreachable(change);
  }
}

export function createSecurityEvents(logger: Logger, registry: Registry): SecurityEvents {
  const counter = new Counter({
    name: "security_events_total",
    help: "Refusals that may be misuse, by kind.",
    labelNames: ["event"],
    registers: [registry],
  });
  const tell = (event: string, fields: object): void => {
    counter.inc({ event });
    logger.warn({ event, ...fields }, "security event");
  };
  return {
    authenticationFailed: (reason) => tell("authentication_failed", { reason }),
    authorizationDenied: (scope) => tell("authorization_denied", { scope }),
    rateLimited: () => tell("rate_limited", {}),
  };
}
