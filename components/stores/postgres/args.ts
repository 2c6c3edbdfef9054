import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";
import type { ConnectionPool } from "../postgres-engine/index.ts";
import type { PostgresSettings } from "./settings.ts";

export interface PostgresArgs {
  readonly settings: PostgresSettings;
  /**
   * Physical name of the instance, such as "task-prod-database". Fixed, because RDS writes to log groups of this name,
   * which must exist with key and retention before the first line, and because the trust of the monitoring role names it.
   */
  readonly identifier: string;
  readonly databaseName: string;
  /** Not a common name: "postgres", "admin", "root" and "rdsadmin" are refused. */
  readonly masterUsername: string;
  readonly accountId: string;
  readonly region: string;
  readonly recoveryRegion: string;
  readonly removal: Removal;
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the data tier by zone id, two or more; they have no route to the internet. */
  readonly subnetIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** Encrypts storage, snapshots and query statistics. The storage of an instance keeps the key of its creation. */
  readonly keyArn: pulumi.Input<string>;
  /** Key in the recovery region. Required if backups are copied there: without a key the copy stops silently. */
  readonly recoveryKeyArn?: pulumi.Input<string>;
  /** Encrypts the master secret. */
  readonly secretKeyArn: pulumi.Input<string>;
  /**
   * The only roles that may read the master password if the block keeps it (`masterPassword: "own"`): the migration, the
   * deploy (the provider reads the value back) and emergency access. An ARN may end in "*": the role of the migration is
   * created after the database, and its name has a random suffix.
   */
  readonly masterSecretReaders: readonly string[];
  readonly logKeyArn: pulumi.Input<string>;
  /** Topic for alarms and RDS events; its policy must let `events.rds.amazonaws.com` publish. */
  readonly alarmTopicArn: pulumi.Input<string>;
  /** The only security groups that may connect, by a stable key such as "nodes". */
  readonly clientSecurityGroupIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** The backup from which the instance is created. Ignored for an existing instance. @default an empty database */
  readonly restore?: PostgresRestore;
  /** AWS Backup backs the database up continuously. It then sets the retention and the window of the instance itself. */
  readonly continuousBackup: boolean;
  /** The connection pools of all workloads; together they must leave connections free. */
  readonly connectionPools: readonly ConnectionPool[];
}

/** The backup from which a new instance is created. */
export interface PostgresRestore {
  /**
   * A replicated backup in the region of the block (`arn:aws:rds:<region>:<account>:auto-backup:ab-…`), or the `db-…` id
   * of an instance there, which may be deleted as long as its automated backups are kept.
   */
  readonly from: string;
  /** "latest", or a time in UTC that the backups cover, such as "2026-11-24T09:30:00Z". */
  readonly time: string;
  /** Key of the backup. RDS requires the same key for the new instance, so it must be given and cannot be chosen. */
  readonly keyArn: pulumi.Input<string>;
}
