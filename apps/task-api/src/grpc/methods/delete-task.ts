import { deleteTask, taskParameters } from "../../tasks/index.ts";
import { narrow, type UnaryMethod } from "../calls/index.ts";
import type { TaskRequest } from "../messages.ts";
import { versionFor } from "./version.ts";

/** DeleteTask. The answer is google.protobuf.Empty. */
export const deleteTaskMethod: UnaryMethod<TaskRequest, object> = {
  scope: "tasks:write",
  answer: async (call) => {
    const { id } = narrow(taskParameters, { id: call.request.id });
    const version = await versionFor(call, id);
    await deleteTask(call.context, call.user, { id, version });
    return { message: {} };
  },
};
