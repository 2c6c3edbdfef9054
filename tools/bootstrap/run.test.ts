import { expect, test } from "vitest";
import { bootstrapSteps, runSteps } from "./index.ts";
import { createAccount, options } from "./test/account.ts";

function apply(
  account: ReturnType<typeof createAccount>,
  say: (line: string) => void = () => undefined,
): void {
  runSteps(
    bootstrapSteps(options),
    (args) => account.run(args),
    say,
    (seconds) => {
      account.waitedSeconds += seconds;
    },
  );
}

test("A failed command ends the run and is named in the message", () => {
  const account = createAccount();
  account.fail("kms replicate-key");
  expect(() => apply(account)).toThrow(
    "replica of the key in eu-west-1: aws kms replicate-key failed: Throttled",
  );
  expect(account.asked.at(-1)).toContain("kms replicate-key");
});

test.each(["kms create-alias", "kms enable-key-rotation", "kms replicate-key", "s3api put-bucket-policy"])(
  "A run that was stopped at %s is finished by the next one, and makes no key twice",
  (command) => {
    for (const at of [1, 2]) {
      const account = createAccount();
      account.fail(command, at);
      expect(() => apply(account)).toThrow("Throttled");
      apply(account);
      // A key that was stopped before its alias cannot be found again: this is the only command that may leave one.
      const orphans = command === "kms create-alias" && at === 1 ? 1 : 0;
      expect(account.keys.size).toBe(3 + orphans);
      expect(account.aliases.size).toBe(6);
    }
  },
);

test("The run waits until the copy of a key is enabled, says so, and gives up after a quarter of an hour", () => {
  const account = createAccount();
  const lines: string[] = [];
  let asked = 0;
  account.stateOfReplica = () => {
    asked += 1;
    return asked === 1 ? "Creating" : "Enabled";
  };
  apply(account, (line) => lines.push(line));
  expect(lines.filter((line) => line.startsWith("waiting"))).toEqual([
    "waiting  replica of the key in eu-west-1: Creating (0 s)",
  ]);
  const slow = createAccount();
  slow.stateOfReplica = () => "Creating";
  expect(() => apply(slow)).toThrow(
    "got Creating; allowed: Enabled; run the command again when the key is enabled",
  );
  expect(slow.waitedSeconds).toBe(900);
  // The next run waits again, although the copy is there.
  slow.stateOfReplica = () => "Enabled";
  apply(slow);
});

test("With the credentials of another account nothing is made", () => {
  const account = createAccount("999999999999");
  expect(() => apply(account)).toThrow("got 999999999999; allowed: 111111111111; nothing was created");
  expect(account.asked).toEqual(["sts get-caller-identity --query Account --output text --region us-east-1"]);
});
