import type * as pulumi from "@pulumi/pulumi";
import type { Removal } from "../../base/core/index.ts";

/** What the monitoring of a database needs; the arguments of the database contain all of it. */
export interface PostgresMonitoringArgs {
  readonly identifier: string;
  readonly accountId: string;
  readonly region: string;
  readonly removal: Removal;
  readonly logKeyArn: pulumi.Input<string>;
  readonly alarmTopicArn: pulumi.Input<string>;
  readonly settings: {
    readonly instanceClass: string;
    readonly storageGiB: number;
    readonly logRetentionDays: number;
    /** Seconds between samples of enhanced monitoring; 0 for none. */
    readonly monitoringSeconds: number;
    readonly updates: "in-place" | "blue-green";
  };
}
