import { etagOf, taskChanges, taskParameters, updateTask } from "../../tasks/index.ts";
import { narrow, type UnaryMethod } from "../calls/index.ts";
import { type TaskMessage, toTaskMessage, type UpdateTaskRequest } from "../messages.ts";
import { versionFor } from "./version.ts";

/** UpdateTask. */
export const updateTaskMethod: UnaryMethod<UpdateTaskRequest, TaskMessage> = {
  scope: "tasks:write",
  answer: async (call) => {
    const { id: givenId, ...given } = call.request;
    const { id } = narrow(taskParameters, { id: givenId });
    const changes = narrow(taskChanges, given);
    const version = await versionFor(call, id);
    const task = await updateTask(call.context, call.user, { id, version, changes });
    return { message: toTaskMessage(task), headers: { etag: etagOf(task.version) } };
  },
};
