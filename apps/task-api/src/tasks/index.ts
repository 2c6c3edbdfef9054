export { type ChangeNotice, changesChannel, readChangeNotice } from "./change-notice.ts";
export { createTask, type NewTask } from "./create-task.ts";
export { deleteTask } from "./delete-task.ts";
export { getTask } from "./get-task.ts";
export { listActivity, mostActivity, type TaskActivity } from "./list-activity.ts";
export { countTasks, listTasks, type TaskFilter, type TaskPage, type TaskQuery } from "./list-tasks.ts";
export { applyChanges, type Task, type TaskChanges, type TaskJson, toJson } from "./task.ts";
export { type UpdatedTask, updateTask } from "./update-task.ts";
