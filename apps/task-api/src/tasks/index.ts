export { createTask, locationOf } from "./create-task.ts";
export { deleteTask } from "./delete-task.ts";
export { getTask } from "./get-task.ts";
export {
  largestPage,
  listQuery,
  longestDescription,
  longestPageToken,
  longestTitle,
  newTask,
  taskChanges,
  taskId,
  taskParameters,
} from "./input.ts";
export { listActivity, mostActivity } from "./list-activity.ts";
export { listAndCountTasks, listTasks } from "./list-tasks.ts";
export { etagOf, seenVersion } from "./preconditions.ts";
export {
  type ChangeNotice,
  ChangeSignals,
  changesChannel,
  Pages,
  PageTokenKeys,
  readChangeNotice,
} from "./store/index.ts";
export { type Task, type TaskJson, toJson } from "./task.ts";
export { createTaskEvents, type TaskEvents } from "./task-events.ts";
export { updateTask } from "./update-task.ts";
export type { TaskUser } from "./use-case.ts";
export { CreateQueue, createWaitingGauge, Turns } from "./writing/index.ts";
