import {
  atLeast,
  between,
  custom,
  customKey,
  hardened,
  isFalse,
  isTrue,
  mismatch,
  type Plain,
  present,
  property,
  type Rule,
  text,
} from "../../kit/index.ts";

const instance = "aws:rds/instance:Instance";
const clusters = "aws:rds/cluster:Cluster";
const members = "aws:rds/clusterInstance:ClusterInstance";

/** Whether an instance takes writes. A replica inherits these settings from its primary. */
export function isPrimary({ replicateSourceDb }: Plain): boolean {
  return replicateSourceDb === undefined;
}

export const databaseRules: readonly Rule[] = [
  property({
    id: "database-encrypted",
    controls: ["RDS-01", "RDS-36"],
    severity: "critical",
    types: [instance, clusters],
    path: "storageEncrypted",
    is: isTrue,
    whatToDo: "set it now: a database cannot be encrypted later without a copy",
  }),
  property({
    id: "database-own-key",
    controls: ["RDS-02", "RDS-36"],
    severity: "medium",
    environments: hardened,
    types: [instance, clusters],
    path: "kmsKeyId",
    when: isPrimary,
    is: customKey,
    whatToDo: "give it the key of the data domain",
  }),
  property({
    id: "database-not-public",
    controls: ["RDS-03", "RDS-36"],
    severity: "critical",
    types: [instance, members],
    path: "publiclyAccessible",
    is: isFalse,
    whatToDo: "set publiclyAccessible: false",
  }),
  property({
    id: "database-survives-zone",
    controls: ["RDS-04"],
    severity: "high",
    environments: ["staging", "prod"],
    types: [instance],
    path: "multiAz",
    when: isPrimary,
    is: isTrue,
    whatToDo: "turn it on: a restore takes longer than the recovery time allows",
  }),
  property({
    id: "database-deletion-protected",
    controls: ["RDS-05", "RDS-36"],
    severity: "high",
    environments: hardened,
    types: [instance, clusters],
    path: "deletionProtection",
    when: isPrimary,
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "database-backed-up",
    controls: ["RDS-06", "RDS-36"],
    severity: "medium",
    types: [instance, clusters],
    path: "backupRetentionPeriod",
    when: isPrimary,
    is: { dev: atLeast(1), staging: atLeast(7), prod: between(14, 35), dr: between(7, 35) },
    whatToDo: "keep backups longer: point-in-time recovery needs them",
  }),
  property({
    id: "database-maintained-at-night",
    controls: ["RDS-07"],
    severity: "low",
    environments: hardened,
    types: [instance, clusters],
    path: "maintenanceWindow",
    is: present("sun:04:00-sun:05:00"),
    whatToDo: "choose a window outside of business hours",
  }),
  custom({
    id: "database-windows-apart",
    controls: ["RDS-07"],
    severity: "low",
    environments: hardened,
    types: [instance],
    whatToDo: "choose two windows that do not overlap",
    check: (inputs) => {
      if (!isPrimary(inputs)) return [];
      const { backupWindow, maintenanceWindow } = inputs;
      const backup = minutes(text(backupWindow));
      const maintenance = minutes(text(maintenanceWindow));
      if (!backup || !maintenance) return [mismatch("backupWindow", backupWindow, "hh:mm-hh:mm")];
      return backup.from < maintenance.to && maintenance.from < backup.to
        ? [mismatch("backupWindow", backupWindow, `apart from ${text(maintenanceWindow)}`)]
        : [];
    },
    pass: { backupWindow: "02:30-03:30", maintenanceWindow: "sun:04:00-sun:05:00" },
    fail: { backupWindow: "03:30-04:30", maintenanceWindow: "sun:04:00-sun:05:00" },
  }),
  property({
    id: "database-snapshots-tagged",
    controls: ["RDS-08", "RDS-36"],
    severity: "low",
    types: [instance, clusters],
    path: "copyTagsToSnapshot",
    is: isTrue,
    whatToDo: "turn it on: otherwise nobody knows where a snapshot belongs",
  }),
  property({
    id: "database-keeps-last-snapshot",
    controls: ["RDS-05"],
    severity: "high",
    environments: hardened,
    types: [instance, clusters],
    path: "skipFinalSnapshot",
    when: isPrimary,
    is: isFalse,
    whatToDo: "take a final snapshot",
  }),
];

/** Minutes of the day that a window begins and ends at; undefined when it is none. */
function minutes(window: string): { readonly from: number; readonly to: number } | undefined {
  const match = /^(?:[a-z]{3}:)?(\d\d):(\d\d)-(?:[a-z]{3}:)?(\d\d):(\d\d)$/.exec(window);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = match.slice(1).map(Number);
  return { from: a * 60 + b, to: c * 60 + d };
}
