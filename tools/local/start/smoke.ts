import { waitUntil } from "../processes/index.ts";

/** The API that the smoke test calls. */
export interface SmokeTarget {
  readonly apiUrl: string;
  readonly token: string;
}

/** One step of the smoke test. */
export interface SmokeStep {
  readonly name: string;
  readonly milliseconds: number;
  /** The reason of a failure. */
  readonly problem?: string;
}

/** Relay and consumers need less than a second. A new consumer group needs several seconds to form. */
const processedWithinMs = 20_000;
const requestTimeoutMs = 10_000;

interface Task {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
}

/** Tasks of the last days. */
interface Counts {
  readonly created: number;
  readonly completed: number;
}

interface Answer {
  readonly status: number;
  readonly etag: string;
  readonly body: unknown;
}

/**
 * Sends a task through every part: REST, PostgreSQL, outbox, relay, Kafka, processor and analytics, and back to REST.
 * It stops at the first failed step.
 */
export async function runSmokeTest(target: SmokeTarget, signal: AbortSignal): Promise<SmokeStep[]> {
  const steps: SmokeStep[] = [];
  const step = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const done = (problem?: string): void => {
      const milliseconds = Math.round(performance.now() - began);
      steps.push(problem === undefined ? { name, milliseconds } : { name, milliseconds, problem });
    };
    try {
      const result = await act();
      done();
      return result;
    } catch (error) {
      done((error as Error).message);
      throw error;
    }
  };
  try {
    await runSteps(new Caller(target, signal), step);
  } catch (error) {
    // A failed step is in the list already. Any other error is a defect of the smoke test.
    if (!steps.some(({ problem }) => problem !== undefined)) throw error;
  }
  return steps;
}

type Step = <T>(name: string, act: () => Promise<T>) => Promise<T>;

async function runSteps(api: Caller, step: Step): Promise<void> {
  const before = await api.statistics();
  const title = `smoke test ${new Date().toISOString()}`;
  const created = await step("create a task by REST", () =>
    api.call("POST", "/v1/tasks", 201, { body: { title, description: "made by npm start" } }),
  );
  const { id } = created.body as Task;
  await step("refuse a caller without a token", () => api.call("GET", `/v1/tasks/${id}`, 401, { token: "" }));
  await step("see it processed through Kafka", () => api.seeActivity(id, ["CREATED"]));
  await step("find it in the list", async () => {
    const { body } = await api.call("GET", "/v1/tasks?limit=100", 200);
    const { tasks } = body as { tasks: readonly Task[] };
    if (!tasks.some((task) => task.id === id))
      throw new Error(`task ${id} is not among ${tasks.length} tasks`);
  });
  const completed = await step("complete it", async () => {
    const answer = await api.call("PATCH", `/v1/tasks/${id}`, 200, {
      ifMatch: created.etag,
      body: { completed: true },
    });
    if (!(answer.body as Task).completed) throw new Error("the answer says that it is not completed");
    return answer;
  });
  await step("see that processed too, in order", () => api.seeActivity(id, ["CREATED", "COMPLETED"]));
  await step("count it in the statistics", () =>
    api.seeStatistics({ created: before.created + 1, completed: before.completed + 1 }),
  );
  await step("delete it", () => api.call("DELETE", `/v1/tasks/${id}`, 204, { ifMatch: completed.etag }));
  await step("find it gone", () => api.call("GET", `/v1/tasks/${id}`, 404));
}

class Caller {
  readonly #target: SmokeTarget;
  readonly #signal: AbortSignal;

  constructor(target: SmokeTarget, signal: AbortSignal) {
    this.#target = target;
    this.#signal = signal;
  }

  /** @throws Error unless the answer has the expected status. */
  async call(
    method: string,
    path: string,
    expected: number,
    options: { readonly token?: string; readonly ifMatch?: string; readonly body?: unknown } = {},
  ): Promise<Answer> {
    const token = options.token ?? this.#target.token;
    const response = await fetch(`${this.#target.apiUrl}${path}`, {
      method,
      headers: {
        ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
        ...(options.ifMatch === undefined ? {} : { "if-match": options.ifMatch }),
        ...(options.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      signal: AbortSignal.any([this.#signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
    const text = await response.text();
    if (response.status !== expected) {
      throw new Error(
        `${method} ${path} answered ${response.status} instead of ${expected}: ${text.slice(0, 500)}`,
      );
    }
    return {
      status: response.status,
      etag: response.headers.get("etag") ?? "",
      body: text === "" ? undefined : (JSON.parse(text) as unknown),
    };
  }

  /** Polls until the processor has recorded these events of the task, in this order. */
  async seeActivity(id: string, expected: readonly string[]): Promise<void> {
    let seen: readonly string[] = [];
    const isRecorded = async (): Promise<boolean> => {
      const { body } = await this.call("GET", `/v1/tasks/${id}/activity`, 200);
      const { activity } = body as { activity: readonly { readonly event_type: string }[] };
      seen = activity.map((event) => event.event_type).toReversed(); // the API gives the newest first
      return seen.join() === expected.join();
    };
    if (await waitUntil(isRecorded, { withinMs: processedWithinMs })) return;
    throw new Error(
      `after ${processedWithinMs / 1000} s the processor has recorded [${seen.join(", ")}] instead of [${expected.join(", ")}]`,
    );
  }

  async statistics(): Promise<Counts> {
    const { body } = await this.call("GET", "/v1/statistics", 200);
    const { statistics } = body as { statistics: readonly Counts[] };
    const sum = (name: keyof Counts): number => statistics.reduce((total, day) => total + day[name], 0);
    return { created: sum("created"), completed: sum("completed") };
  }

  /** Polls until the analytics have counted at least so many. With kept data they may count older tasks too. */
  async seeStatistics(expected: Counts): Promise<void> {
    let seen = await this.statistics();
    const isCounted = async (): Promise<boolean> => {
      seen = await this.statistics();
      return seen.created >= expected.created && seen.completed >= expected.completed;
    };
    if (await waitUntil(isCounted, { withinMs: processedWithinMs })) return;
    const text = ({ created, completed }: Counts): string => `${created} created and ${completed} completed`;
    throw new Error(
      `after ${processedWithinMs / 1000} s the analytics have counted ${text(seen)} tasks instead of ${text(expected)}`,
    );
  }
}

/** The steps as a table. */
export function smokeTable(steps: readonly SmokeStep[]): string {
  const width = Math.max(...steps.map(({ name }) => name.length));
  return steps
    .map(({ name, milliseconds, problem }) => {
      const time = `${milliseconds} ms`.padStart(9);
      return `  ${problem === undefined ? "ok    " : "FAILED"} ${name.padEnd(width)} ${time}${problem === undefined ? "" : `\n         ${problem}`}`;
    })
    .join("\n");
}
