import { etagOf, taskParameters } from "../rest/index.ts";
import { getTask } from "../tasks/index.ts";
import { type TaskMessage, type TaskRequest, toTaskMessage } from "./messages.ts";
import { narrow } from "./narrow.ts";
import type { UnaryMethod } from "./unary.ts";

/** GetTask. */
export const getTaskMethod: UnaryMethod<TaskRequest, TaskMessage> = {
  scope: "tasks:read",
  answer: async ({ request, caller, context }) => {
    const { id } = narrow(taskParameters, { id: request.id });
    const task = await getTask(context.database.pool, caller.userId, id);
    return { message: toTaskMessage(task), headers: { etag: etagOf(task.version) } };
  },
};
