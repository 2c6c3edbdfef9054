import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import { type CallSetup, unary } from "../calls/index.ts";
import { createTaskMethod } from "./create-task.ts";
import { deleteTaskMethod } from "./delete-task.ts";
import { getTaskMethod } from "./get-task.ts";
import { listTasksMethod } from "./list-tasks.ts";
import { updateTaskMethod } from "./update-task.ts";

/** The methods with one request and one answer. */
export function unaryMethods(setup: CallSetup): UntypedServiceImplementation {
  return {
    CreateTask: unary(setup, createTaskMethod),
    GetTask: unary(setup, getTaskMethod),
    ListTasks: unary(setup, listTasksMethod),
    UpdateTask: unary(setup, updateTaskMethod),
    DeleteTask: unary(setup, deleteTaskMethod),
  };
}
