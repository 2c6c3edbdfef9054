export { createTask, type NewTask } from "./create-task.ts";
export { deleteTask } from "./delete-task.ts";
export { getTask } from "./get-task.ts";
export { listActivity, mostActivity, type TaskActivity } from "./list-activity.ts";
export { listTasks, type TaskFilter, type TaskPage, type TaskQuery } from "./list-tasks.ts";
export { applyChanges, type Task, type TaskChanges, type TaskJson, toJson } from "./task.ts";
export { updateTask } from "./update-task.ts";
