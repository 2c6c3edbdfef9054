import type { Problem } from "../../components/base/core/index.ts";
import { restoreForms, restoreProblems } from "../../components/stores/postgres/index.ts";
import type { StackConfig } from "./config-keys.ts";

const keys = {
  from: "databaseRestoreFrom",
  time: "databaseRestoreTime",
  keyArn: "databaseRestoreKeyArn",
} as const;

/** What is wrong with a restore beyond how it is written: another region or account, a time to come, a part alone. */
export function restoreConfigProblems(
  region: string,
  config: Partial<StackConfig>,
  source: string,
  now = new Date(),
): Problem[] {
  const { accountId, databaseRestoreFrom: from, databaseRestoreTime: time = "latest" } = config;
  const at = (key: string) => `task-platform:${key} (${source})`;
  if (from === undefined) {
    return [keys.time, keys.keyArn]
      .filter((key) => config[key] !== undefined)
      .map((key) => ({
        argument: at(key),
        given: `a value without ${keys.from}`,
        allowed: "nothing, or both",
        fix: "remove it: after a restore the three go together",
      }));
  }
  const keyArn = config.databaseRestoreKeyArn;
  const missingKey: Problem[] =
    keyArn === undefined && restoreForms.backup.test(from)
      ? [
          {
            argument: at(keys.keyArn),
            given: "nothing",
            allowed: "the key of the replicated backup, which the restored database keeps",
            fix: `take the KmsKeyId that "aws rds describe-db-instance-automated-backups --region ${region}" lists beside it`,
          },
        ]
      : [];
  if (accountId === undefined) return missingKey; // Told where it stands.
  const place = { region, accountId };
  const known = restoreProblems({ from, time, keyArn }, place, now);
  return [
    ...missingKey,
    ...known.map((problem) => ({ ...problem, argument: at(keys[problem.argument as keyof typeof keys]) })),
  ];
}
