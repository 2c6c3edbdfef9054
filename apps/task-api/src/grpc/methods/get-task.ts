import { etagOf, getTask, taskParameters } from "../../tasks/index.ts";
import { narrow, type UnaryMethod } from "../calls/index.ts";
import { type TaskMessage, type TaskRequest, toTaskMessage } from "../messages.ts";

/** GetTask. */
export const getTaskMethod: UnaryMethod<TaskRequest, TaskMessage> = {
  scope: "tasks:read",
  answer: async ({ request, user, context }) => {
    const { id } = narrow(taskParameters, { id: request.id });
    const task = await getTask(context, user, id);
    return { message: toTaskMessage(task), headers: { etag: etagOf(task.version) } };
  },
};
