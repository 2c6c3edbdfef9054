import { expect, test } from "vitest";
import type { Blame } from "./failures.ts";
import { GivenUpError, withRetries } from "./retries.ts";

async function run(
  blames: readonly Blame[],
  random = 0.5,
): Promise<{ pauses: number[]; attempts: number; error?: unknown }> {
  const pauses: number[] = [];
  let attempts = 0;
  const work = async (): Promise<void> => {
    const blame = blames[attempts];
    attempts += 1;
    if (blame !== undefined) throw new Error(blame);
  };
  const options = {
    blame: (error: unknown) => (error as Error).message as Blame,
    signal: new AbortController().signal,
    onRetry: () => undefined,
    random: () => random,
    pause: async (delayMs: number) => void pauses.push(delayMs),
  };
  try {
    await withRetries(work, options);
    return { pauses, attempts };
  } catch (error) {
    return { pauses, attempts, error };
  }
}

test("an unknown failure is retried three times, after 1, 2 and 4 seconds with 20 % jitter, and then given up", async () => {
  const { pauses, attempts, error } = await run(["unknown", "unknown", "unknown", "unknown"]);
  expect(pauses).toEqual([1_000, 2_000, 4_000]);
  expect((await run(["unknown", "unknown"], 1)).pauses).toEqual([1_200, 2_400]);
  expect(attempts).toBe(4);
  expect(error).toBeInstanceOf(GivenUpError);
  expect(error).toMatchObject({ attempts: 4, cause: { message: "unknown" } });
});

test("an event that is too new for this build is given up as often as an unknown failure, and not later", async () => {
  const { attempts, error } = await run(["rollout", "rollout", "rollout", "rollout"]);
  expect(attempts).toBe(4);
  expect(error).toBeInstanceOf(GivenUpError);
});

test("a failure of the message is given up at once", async () => {
  expect(await run(["message"])).toMatchObject({ pauses: [], attempts: 1, error: { attempts: 1 } });
});

test("failures of a dependency do not use up the retries of the message, however long the outage is", async () => {
  const outage = Array.from({ length: 50 }, (): Blame => "dependency");
  const result = await run(["unknown", ...outage, "unknown", "unknown"]);
  expect(result.error).toBe(undefined);
  expect(result.attempts).toBe(54);
  expect(Math.max(...result.pauses)).toBe(5_000);
});
