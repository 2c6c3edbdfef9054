import { expect, test } from "vitest";
import type { Blame } from "./failures.ts";
import { delayAfter, GivenUpError, withRetries } from "./retries.ts";

async function run(
  blames: readonly Blame[],
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
    random: () => 0.5,
    pause: async (delayMs: number) => void pauses.push(delayMs),
  };
  try {
    await withRetries(work, options);
    return { pauses, attempts };
  } catch (error) {
    return { pauses, attempts, error };
  }
}

test("an unknown failure is tried three times more, after 1, 2 and 4 seconds, and then given up", async () => {
  const { pauses, attempts, error } = await run(["unknown", "unknown", "unknown", "unknown"]);
  expect(pauses).toEqual([1_000, 2_000, 4_000]);
  expect(attempts).toBe(4);
  expect(error).toBeInstanceOf(GivenUpError);
  expect(error).toMatchObject({ attempts: 4, cause: { message: "unknown" } });
});

test("a fault of the message is given up at once", async () => {
  expect(await run(["message"])).toMatchObject({ pauses: [], attempts: 1, error: { attempts: 1 } });
});

test("an outage never uses up the tries of the message, however long it lasts", async () => {
  const outage = Array.from({ length: 50 }, (): Blame => "dependency");
  const result = await run(["unknown", ...outage, "unknown", "unknown"]);
  expect(result.error).toBe(undefined);
  expect(result.attempts).toBe(54);
  expect(Math.max(...result.pauses)).toBe(5_000);
});

test("each delay is spread by 20 percent to either side", () => {
  expect([0, 0.5, 1].map((random) => delayAfter(3, "unknown", () => random))).toEqual([3_200, 4_000, 4_800]);
});
