import { Counter, Histogram, type MetricsRegistry } from "@task-platform/runtime/admin";
import type { Logger } from "@task-platform/runtime/logging";
import type { Task } from "./task.ts";

/** The business events of tasks. Each one writes a log line and updates its metrics. */
export interface TaskEvents {
  created(task: Task): void;
  updated(task: Task): void;
  completed(task: Task): void;
  deleted(task: Task): void;
}

/** From one minute to one week: docs/requirements.md, observability. */
const completionBucketsSeconds = [60, 300, 900, 3600, 86_400, 604_800];

export function createTaskEvents(logger: Logger, metricsRegistry: MetricsRegistry): TaskEvents {
  const registers = [metricsRegistry];
  const created = new Counter({ name: "tasks_created_total", help: "Tasks created.", registers });
  const completed = new Counter({ name: "tasks_completed_total", help: "Tasks completed.", registers });
  const duration = new Histogram({
    name: "task_completion_duration_seconds",
    help: "Time from the creation of a task to its completion.",
    buckets: completionBucketsSeconds,
    registers,
  });
  // Ids only: titles and descriptions are private to the user.
  const log = (task: Task, message: string): void =>
    logger.info({ task_id: task.id, version: task.version }, message);
  return {
    created: (task) => {
      created.inc();
      log(task, "task created");
    },
    updated: (task) => log(task, "task updated"),
    completed: (task) => {
      completed.inc();
      // Never below zero, in case the clock of the database was set back in between.
      duration.observe(Math.max(0, task.updatedAt.getTime() - task.createdAt.getTime()) / 1000);
      log(task, "task completed");
    },
    deleted: (task) => log(task, "task deleted"),
  };
}
