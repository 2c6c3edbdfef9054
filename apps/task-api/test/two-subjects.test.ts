import { createLogger, userHash } from "@task-platform/runtime/logging";
import { expect, test } from "vitest";
import { query } from "../../../tests/support/back-ends.ts";
import { type Api, createUser, outbox, startApiForTest, type TaskBody, type User } from "./support.ts";
import { connectGrpc, type GrpcUser, grpcUser } from "./support-grpc.ts";
import { type PipelinedAnswer, type PipelinedRequest, pipeline } from "./support-pipeline.ts";

/** Times that both subjects do everything, so that each step of one meets each step of the other. */
const rounds = 6;

/** A subject on the connections that it shares with the other one. */
interface Subject extends User {
  /** Begins its titles and correlation ids. */
  readonly mark: "ann" | "bob";
  readonly grpc: GrpcUser;
}

interface Line {
  readonly correlation_id?: string;
  readonly user_id?: string;
}

/** A service that keeps its log lines, and two subjects that share one gRPC connection. */
async function start(settings: Readonly<Record<string, string>> = {}) {
  const lines: Line[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Line);
  const api = await startApiForTest(settings, {
    logger: createLogger({ service: "task-api", level: "info" }, { write }),
  });
  const client = connectGrpc(api);
  const subject = async (mark: Subject["mark"]): Promise<Subject> => {
    const user = await createUser(api);
    return { ...user, mark, grpc: grpcUser(client, user.token) };
  };
  return { api, lines, subjects: [await subject("ann"), await subject("bob")] as const };
}

/** The requests of both in turns, all in progress at once on one connection; the answers by subject. */
async function inTurns(
  api: Api,
  subjects: readonly Subject[],
  requests: (subject: Subject) => readonly Omit<PipelinedRequest, "token">[],
): Promise<ReadonlyMap<Subject, readonly PipelinedAnswer[]>> {
  const all = subjects.map((subject) => requests(subject).map((request) => ({ subject, request })));
  const turns = (all[0] ?? []).flatMap((_, at) => all.flatMap((own) => own.slice(at, at + 1)));
  const answers = await pipeline(
    api.url,
    turns.map(({ subject, request }, at) => ({
      ...request,
      token: subject.token,
      headers: { "x-correlation-id": `${subject.mark}-rest-${at}`, ...request.headers },
    })),
  );
  return new Map(
    subjects.map((one) => [one, answers.filter((_, at) => turns[at]?.subject === one)] as const),
  );
}

const every = <T>(make: (at: number) => T): T[] => Array.from({ length: rounds }, (_, at) => make(at));

/** Fails when a text contains the id or the mark of the other subject. */
function expectOwn(values: unknown, own: Subject, subjects: readonly Subject[]): void {
  const text = JSON.stringify(values);
  const others = subjects.filter((one) => one !== own);
  expect(others).toHaveLength(1);
  for (const { id, mark, token } of others) {
    for (const foreign of [id, `"${mark}`, token]) expect(text).not.toContain(foreign);
  }
  expect(text).toContain(own.id);
}

test("over one REST connection, no answer, key, event or log line of one subject reaches another who works at once", async () => {
  const { api, lines, subjects } = await start();
  // Both use the same keys: a key that is not kept apart would give one the task of the other.
  const created = await inTurns(api, subjects, ({ mark }) =>
    every((at) => ({
      method: "POST",
      path: "/v1/tasks",
      headers: { "idempotency-key": `order-${at}` },
      body: { title: `${mark}-${at}` },
    })),
  );
  const tasks = new Map(
    subjects.map((one) => [one, (created.get(one) ?? []).map(({ body }) => body as TaskBody)]),
  );
  const other = (one: Subject) => subjects.find((another) => another !== one) as Subject;
  const used = new Map<Subject, PipelinedAnswer[]>(subjects.map((one) => [one, []]));
  // One round after another: more requests at once would wait longer for the database than the service lets them.
  for (let at = 0; at < rounds; at += 1) {
    const answers = await inTurns(api, subjects, (one) => {
      const task = tasks.get(one)?.[at];
      return [
        { method: "GET", path: `/v1/tasks/${task?.id}` },
        { method: "GET", path: `/v1/tasks/${tasks.get(other(one))?.[at]?.id}` },
        { method: "GET", path: "/v1/tasks?limit=100" },
        {
          method: "POST",
          path: "/v1/tasks",
          headers: { "idempotency-key": `order-${at}` },
          body: { title: `${one.mark}-${at}` },
        },
        {
          method: "PATCH",
          path: `/v1/tasks/${task?.id}`,
          headers: { "if-match": '"1"' },
          body: { title: `${one.mark}-changed-${at}` },
        },
      ];
    });
    for (const one of subjects) used.get(one)?.push(...(answers.get(one) ?? []));
  }
  for (const one of subjects) {
    expect((created.get(one) ?? []).map(({ status }) => status)).toEqual(every(() => 201));
    expectOwn(tasks.get(one), one, subjects);
    const answers = used.get(one) ?? [];
    expect(answers.map(({ status }) => status)).toEqual(every(() => [200, 404, 200, 201, 200]).flat());
    expectOwn(answers, one, subjects);
    const replays = answers.filter((_, at) => at % 5 === 3).map(({ body }) => body);
    expect(replays).toEqual(tasks.get(one));
    const events = await outbox(api.database, one.id);
    expect(events).toHaveLength(2 * rounds);
    expectOwn(
      events.map(({ key, headers, payload }) => [key, headers, payload.toString("latin1")]),
      one,
      subjects,
    );
    expectLinesOf(one, lines);
  }
});

/** Every line of a request of the subject has the hash of this subject, and no line of the other one has it. */
function expectLinesOf({ mark, id }: Subject, lines: readonly Line[]): void {
  const markOf = ({ correlation_id: correlation = "" }: Line): string =>
    /^(?:ann|bob)(?=-)/.exec(correlation)?.[0] ?? "";
  const own = lines.filter((line) => markOf(line) === mark);
  expect(own.length).toBeGreaterThan(rounds);
  expect([...new Set(own.map(({ user_id: user }) => user))]).toEqual([userHash(id)]);
  const carriers = lines.filter(({ user_id: user }) => user === userHash(id));
  expect(carriers.filter((line) => ![String(mark), ""].includes(markOf(line)))).toEqual([]);
}

test("over one gRPC connection, no answer, event or log line of one subject reaches another who works at once", async () => {
  const { lines, subjects } = await start();
  const watches = subjects.map(({ grpc }) => grpc.watch());
  await Promise.all(watches.map(({ opened }) => opened));
  const callOf =
    ({ grpc, mark }: Subject, at: number) =>
    (method: string, request: object, more: Record<string, string> = {}) =>
      grpc.call(method, request, {
        metadata: { "x-correlation-id": `${mark}-grpc-${method}-${at}`, ...more },
      });
  const bothAtOnce = async <T>(work: (subject: Subject, at: number) => Promise<T>): Promise<T[][]> => {
    const results: T[][] = subjects.map(() => []);
    for (let at = 0; at < rounds; at += 1) {
      const round = await Promise.all(subjects.map((one) => work(one, at)));
      for (const [index, result] of round.entries()) results[index]?.push(result);
    }
    return results;
  };
  const created = await bothAtOnce((one, at) =>
    callOf(one, at)("CreateTask", { title: `${one.mark}-${at}` }, { "idempotency-key": `order-${at}` }),
  );
  const idOf = (whose: number, at: number) => (created[whose]?.[at]?.message as TaskBody | undefined)?.id;
  const used = await bothAtOnce(async (one, at) => {
    const [own, foreign] = one === subjects[0] ? [0, 1] : [1, 0];
    const call = callOf(one, at);
    return Promise.all([
      call("GetTask", { id: idOf(own, at) }),
      call("GetTask", { id: idOf(foreign, at) }),
      call("ListTasks", { page_size: 100 }),
      call("CreateTask", { title: `${one.mark}-${at}` }, { "idempotency-key": `order-${at}` }),
      call("UpdateTask", { id: idOf(own, at), title: `${one.mark}-changed-${at}` }),
    ]);
  });
  for (const [index, one] of subjects.entries()) {
    const messages = (created[index] ?? []).map(({ message }) => message);
    expectOwn(messages, one, subjects);
    const answers = (used[index] ?? []).flat();
    expect(answers.map(({ code }) => code)).toEqual(
      every(() => ["OK", "NOT_FOUND", "OK", "OK", "OK"]).flat(),
    );
    expectOwn(
      answers.map(({ message, details }) => [message, details]),
      one,
      subjects,
    );
    expect(answers.filter((_, at) => at % 5 === 3).map(({ message }) => message)).toEqual(messages);
    const events = (await watches[index]?.has(2 * rounds)) ?? [];
    expectOwn(events, one, subjects);
    expect(events).toHaveLength(2 * rounds);
    expectLinesOf(one, lines);
  }
});

test("requests of one subject use up nothing of the limit of another who works at once, over REST and gRPC", async () => {
  const limit = 10;
  const { api, subjects } = await start({ RATE_LIMIT_PER_MINUTE: String(limit) });
  const [ann, bob] = subjects;
  // Ann asks for three times the limit, over both; Bob asks exactly for it, in the middle of that.
  const overRest = inTurns(api, subjects, (one) =>
    Array.from({ length: one === ann ? 2 * limit : limit / 2 }, () => ({ method: "GET", path: "/v1/tasks" })),
  );
  const overGrpc = subjects.map((one) =>
    Promise.all(Array.from({ length: one === ann ? limit : limit / 2 }, () => one.grpc.call("ListTasks"))),
  );
  const rest = await overRest;
  const [annCalls = [], bobCalls = []] = await Promise.all(overGrpc);
  const refused = (one: Subject, calls: readonly { readonly code: string }[]) =>
    (rest.get(one) ?? []).filter(({ status }) => status === 429).length +
    calls.filter(({ code }) => code === "RESOURCE_EXHAUSTED").length;
  expect([refused(ann, annCalls), refused(bob, bobCalls)]).toEqual([2 * limit, 0]);
});

test("the store of idempotency keys has each key once for each subject", async () => {
  const { api, subjects } = await start();
  await inTurns(api, subjects, ({ mark }) =>
    every((at) => ({
      method: "POST",
      path: "/v1/tasks",
      headers: { "idempotency-key": `order-${at}` },
      body: { title: mark },
    })),
  );
  const { rows } = await query(
    api.database,
    "select user_id, count(*)::int as n from idempotency_keys group by 1",
  );
  expect(
    (rows as { user_id: string; n: number }[]).toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1)),
  ).toEqual(
    subjects
      .map(({ id }) => ({ user_id: id, n: rounds }))
      .toSorted((a, b) => (a.user_id < b.user_id ? -1 : 1)),
  );
});
