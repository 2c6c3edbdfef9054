import type { Problem } from "../../../components/base/core/index.ts";
import { restoreForms, restoreProblems } from "../../../components/stores/postgres/index.ts";
import { keyAt, type StackConfig } from "../config-keys.ts";

const keys = {
  from: "databaseRestoreFrom",
  time: "databaseRestoreTime",
  keyArn: "databaseRestoreKeyArn",
} as const;

/** Problems of a restore beyond the form of its values: another region or account, a future time, an incomplete set. */
export function restoreConfigProblems(
  region: string,
  config: Partial<StackConfig>,
  source: string,
  now = new Date(),
): Problem[] {
  const { accountId, databaseRestoreFrom: from, databaseRestoreTime: time = "latest" } = config;
  const at = (key: string) => keyAt(key, source);
  if (from === undefined) {
    return [keys.time, keys.keyArn]
      .filter((key) => config[key] !== undefined)
      .map((key) => ({
        argument: at(key),
        given: `a value without ${keys.from}`,
        allowed: "nothing, or both",
        fix: "remove it: the three keys are set and removed together",
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
  if (accountId === undefined) return missingKey; // The check of accountId reports it.
  const place = { region, accountId };
  const known = restoreProblems({ from, time, keyArn }, place, now);
  return [
    ...missingKey,
    ...known.map((problem) => ({ ...problem, argument: at(keys[problem.argument as keyof typeof keys]) })),
  ];
}
