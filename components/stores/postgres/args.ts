import type * as pulumi from "@pulumi/pulumi";
import type { Problem, Removal } from "../../base/core/index.ts";
import { checkPostgresSettings } from "./check-settings.ts";
import { type ConnectionPool, connectionProblems } from "./connections.ts";
import { type PostgresRestore, restoreProblems } from "./restore.ts";
import type { PostgresSettings } from "./settings.ts";

export interface PostgresArgs {
  readonly settings: PostgresSettings;
  /**
   * Physical name of the instance, such as "task-prod-database". Fixed, because RDS writes to log groups of this name,
   * which must exist with key and retention before the first line, and because the trust of the monitoring role names it.
   */
  readonly identifier: string;
  readonly databaseName: string;
  /** Not a name that is guessed first: "postgres", "admin", "root" and "rdsadmin" are refused. */
  readonly masterUsername: string;
  readonly accountId: string;
  readonly region: string;
  readonly recoveryRegion: string;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the data tier by zone id, two or more; nothing of it routes to the internet. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts storage, snapshots and query statistics. The storage of an instance keeps the key it was made with. */
  readonly keyArn: pulumi.Input<string>;
  /** Key in the recovery region. Required when backups are copied there: the copy stops silently without one. */
  readonly recoveryKeyArn?: pulumi.Input<string>;
  /** Encrypts the master secret. */
  readonly secretKeyArn: pulumi.Input<string>;
  /**
   * Roles that may read the master password where the block keeps it (`masterPassword: "own"`), and nobody else in the
   * account: who migrates, who deploys (the provider reads it back), who comes in an emergency. An ARN may end in "*":
   * the role of the migration is made after the database, and its name ends by chance.
   */
  readonly masterSecretReaders: readonly string[];
  readonly logKeyArn: pulumi.Input<string>;
  /** Hears alarms and RDS events; its policy must let `events.rds.amazonaws.com` publish. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** Security groups that may connect, by a stable key such as "nodes". Nothing else may. */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** What the instance is made from when it is made; an instance that exists takes no notice. @default an empty one */
  readonly restore?: PostgresRestore;
  /** Every pool of every workload at its largest; together they must leave connections free. */
  readonly connectionPools: readonly ConnectionPool[];
}

/** Names that scanners try first, or that RDS reserves. */
const guessableUsernames = ["admin", "postgres", "rdsadmin", "root"];

/** Everything wrong with the arguments of the block, with the settings among them. */
export function postgresArgProblems(args: PostgresArgs): Problem[] {
  return [
    ...checkPostgresSettings(args.settings).map(ofSettings),
    ...connectionProblems({ instanceClass: args.settings.instanceClass, pools: args.connectionPools }),
    ...nameProblems(args),
    ...placeProblems(args),
    ...readerProblems(args),
    ...(args.restore ? restoreProblems(args.restore, args).map(ofRestore) : []),
  ];
}

function ofSettings(problem: Problem): Problem {
  return { ...problem, argument: `settings.${problem.argument}` };
}

function ofRestore(problem: Problem): Problem {
  return { ...problem, argument: `restore.${problem.argument}` };
}

function nameProblems(args: PostgresArgs): Problem[] {
  const problems: Problem[] = [];
  // 63 is the limit of RDS; "-replica-15" and "-final-12345678" must still fit behind it.
  if (!/^[a-z](?:-?[a-z0-9]){0,46}$/.test(args.identifier)) {
    problems.push({
      argument: "identifier",
      given: `"${args.identifier}"`,
      allowed: "at most 47 lower-case letters, digits and single hyphens, beginning with a letter",
      fix: 'name it like "task-prod-database"',
    });
  }
  if (!/^[a-z][a-z0-9_]{0,62}$/.test(args.databaseName)) {
    problems.push({
      argument: "databaseName",
      given: `"${args.databaseName}"`,
      allowed: "1 to 63 lower-case letters, digits and underscores, beginning with a letter",
      fix: "choose a name that needs no quotes in SQL",
    });
  }
  if (
    guessableUsernames.includes(args.masterUsername) ||
    !/^[a-z][a-z0-9_]{0,62}$/.test(args.masterUsername)
  ) {
    problems.push({
      argument: "masterUsername",
      given: `"${args.masterUsername}"`,
      allowed: `1 to 63 lower-case letters, digits and underscores, and none of ${guessableUsernames.join(", ")}`,
      fix: 'choose a name of your own, such as "task_owner"',
    });
  }
  return problems;
}

function placeProblems(args: PostgresArgs): Problem[] {
  const problems: Problem[] = [];
  const zones = Object.keys(args.subnetIds).toSorted();
  if (zones.length < 2) {
    problems.push({
      argument: "subnetIds",
      given: zones.length === 0 ? "none" : zones.join(", "),
      allowed: "subnets in two zones or more",
      fix: "pass the data subnets of every zone; RDS asks for two even without a standby",
    });
  }
  if (Object.keys(args.clientSecurityGroupIds).length === 0) {
    problems.push({
      argument: "clientSecurityGroupIds",
      given: "none",
      allowed: "one group or more",
      fix: "pass the groups of the nodes or pods that use the database",
    });
  }
  if (args.settings.recoveryRetentionDays > 0 && args.recoveryKeyArn === undefined) {
    problems.push({
      argument: "recoveryKeyArn",
      given: "none",
      allowed: `a key in ${args.recoveryRegion}`,
      fix: "make a key there, or set settings.recoveryRetentionDays to 0",
    });
  }
  if (args.settings.recoveryRetentionDays > 0 && args.recoveryRegion === args.region) {
    problems.push({
      argument: "recoveryRegion",
      given: `"${args.recoveryRegion}", where the database already is`,
      allowed: "another region",
      fix: "name the region that takes over, or set settings.recoveryRetentionDays to 0",
    });
  }
  return problems;
}

function readerProblems({ accountId, masterSecretReaders, settings }: PostgresArgs): Problem[] {
  if (settings.masterPassword === "rds") return [];
  const ofAccount = new RegExp(`^arn:aws:iam::${accountId}:role/[\\w+=,.@/-]+\\*?$`);
  const wrong = masterSecretReaders.filter((arn) => !ofAccount.test(arn));
  if (masterSecretReaders.length > 0 && wrong.length === 0) return [];
  return [
    {
      argument: "masterSecretReaders",
      given: wrong.length === 0 ? "none" : wrong.join(", "),
      allowed: `arn:aws:iam::${accountId}:role/<name>, one or more, with no * but at the end of a name`,
      fix: "name the roles of the migration, of the deploy and of emergencies: nobody else could set it right",
    },
  ];
}
