/** A change that the API has acknowledged. */
interface Change {
  readonly task: string;
  readonly event: "CREATED" | "COMPLETED" | "DELETED";
}

/** What the clients know at the end. */
export interface Books {
  readonly acknowledged: readonly Change[];
  /** Requests without an answer, or with a 5xx: their change may have been made or not. */
  readonly failed: number;
  /** Requests that were refused, as above the rate: their change was not made. */
  readonly refused: number;
}

const requestTimeoutMs = 15_000;
const pauseAfterFailureMs = 100;

interface Task {
  readonly id: string;
}

/** Changes tasks, one request after another for each client, until the signal: create, complete, delete. */
export async function changeTasks(
  url: string,
  tokens: readonly string[],
  clients: number,
  end: AbortSignal,
): Promise<Books> {
  const acknowledged: Change[] = [];
  let failed = 0;
  let refused = 0;
  let turn = 0;
  const send = async (
    token: string,
    method: string,
    path: string,
    { body, version }: { readonly body?: object; readonly version?: number },
  ): Promise<Task | undefined> => {
    let status = 0;
    try {
      const answer = await fetch(`${url}/v1/tasks${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(version === undefined ? {} : { "if-match": `"${version}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(requestTimeoutMs),
      });
      const text = await answer.text();
      if (answer.ok) return text === "" ? { id: path.slice(1) } : (JSON.parse(text) as Task);
      status = answer.status;
    } catch {
      // Counted below.
    }
    if (status >= 400 && status < 500) refused += 1;
    else failed += 1;
    await new Promise((resolve) => setTimeout(resolve, pauseAfterFailureMs));
    return undefined;
  };
  const client = async (): Promise<void> => {
    while (!end.aborted) {
      turn += 1;
      const token = tokens[turn % tokens.length] ?? "";
      const task = await send(token, "POST", "", { body: { title: "keep the books" } });
      if (task === undefined) continue;
      acknowledged.push({ task: task.id, event: "CREATED" });
      if (!(await send(token, "PATCH", `/${task.id}`, { body: { completed: true }, version: 1 }))) continue;
      acknowledged.push({ task: task.id, event: "COMPLETED" });
      if (turn % 2 === 0 || !(await send(token, "DELETE", `/${task.id}`, { version: 2 }))) continue;
      acknowledged.push({ task: task.id, event: "DELETED" });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { acknowledged, failed, refused };
}
