import { taskParameters } from "../rest/index.ts";
import { deleteTask } from "../tasks/index.ts";
import type { TaskRequest } from "./messages.ts";
import { narrow } from "./narrow.ts";
import { transact, type UnaryMethod } from "./unary.ts";
import { versionFor } from "./version.ts";

/** DeleteTask; answers google.protobuf.Empty. */
export const deleteTaskMethod: UnaryMethod<TaskRequest, object> = {
  scope: "tasks:write",
  answer: async (call) => {
    const { id } = narrow(taskParameters, { id: call.request.id });
    const version = await versionFor(call, id);
    const task = await transact(call, (transaction) =>
      deleteTask(transaction, call.caller.userId, id, version),
    );
    call.context.taskEvents.deleted(task);
    return { message: {} };
  },
};
