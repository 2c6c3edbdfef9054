import { listAndCountTasks, listQuery, type TaskJson } from "../../tasks/index.ts";
import { narrow, type UnaryMethod } from "../calls/index.ts";
import { fromJson, type ListTasksRequest, type ListTasksResponse } from "../messages.ts";

/** ListTasks. A field that the caller has not set arrives as 0 or "". */
export const listTasksMethod: UnaryMethod<ListTasksRequest, ListTasksResponse> = {
  scope: "tasks:read",
  answer: async ({ request, user, context }) => {
    const { filter, page_size: size, page_token: token } = request;
    const given = {
      ...(filter?.completed === undefined ? {} : { completed: filter.completed }),
      ...(size === 0 ? {} : { limit: size }),
      ...(token === "" ? {} : { page_token: token }),
    };
    const query = narrow(listQuery, given, { limit: "page_size" });
    const { tasks, nextPageToken, total } = await listAndCountTasks(context, user, query);
    return {
      message: {
        tasks: (JSON.parse(tasks) as TaskJson[]).map(fromJson),
        next_page_token: nextPageToken ?? "",
        total_count: total,
      },
    };
  },
};
