import { tellUpdate } from "../events.ts";
import { etagOf, taskChanges, taskParameters } from "../rest/index.ts";
import { updateTask } from "../tasks/index.ts";
import { type TaskMessage, toTaskMessage, type UpdateTaskRequest } from "./messages.ts";
import { narrow } from "./narrow.ts";
import { transact, type UnaryMethod } from "./unary.ts";
import { versionFor } from "./version.ts";

/** UpdateTask. */
export const updateTaskMethod: UnaryMethod<UpdateTaskRequest, TaskMessage> = {
  scope: "tasks:write",
  answer: async (call) => {
    const { id: givenId, ...given } = call.request;
    const { id } = narrow(taskParameters, { id: givenId });
    const changes = narrow(taskChanges, given);
    const version = await versionFor(call, id);
    const updated = await transact(call, (transaction) =>
      updateTask(transaction, call.caller.userId, id, version, changes),
    );
    tellUpdate(call.context.taskEvents, updated);
    const { task } = updated;
    return { message: toTaskMessage(task), headers: { etag: etagOf(task.version) } };
  },
};
