import { fromReader } from "../db/index.ts";
import { listQuery, pageLimit } from "../rest/index.ts";
import { countTasks, listTasks } from "../tasks/index.ts";
import { type ListTasksRequest, type ListTasksResponse, toTaskMessage } from "./messages.ts";
import { narrow } from "./narrow.ts";
import type { UnaryMethod } from "./unary.ts";

/** ListTasks; what was not set arrives as 0 and "", which ask for a page of the usual size and the first one. */
export const listTasksMethod: UnaryMethod<ListTasksRequest, ListTasksResponse> = {
  scope: "tasks:read",
  answer: async ({ request, caller, context }) => {
    const { filter, page_size: size, page_token: token } = request;
    const asked = {
      ...(filter?.completed === undefined ? {} : { completed: filter.completed }),
      ...(size === 0 ? {} : { limit: size }),
      ...(token === "" ? {} : { page_token: token }),
    };
    const { completed, limit, page_token: pageToken } = narrow(listQuery, asked, { limit: "page_size" });
    const query = { completed, limit: limit ?? pageLimit, pageToken };
    const { page, total } = await fromReader(context.database, async (reader) => ({
      page: await listTasks(reader, caller.userId, query),
      total: await countTasks(reader, caller.userId, query),
    }));
    return {
      message: {
        tasks: page.tasks.map(toTaskMessage),
        next_page_token: page.nextPageToken ?? "",
        total_count: total,
      },
    };
  },
};
