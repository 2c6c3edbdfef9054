import {
  between,
  custom,
  hardened,
  including,
  isFalse,
  isTrue,
  list,
  mismatch,
  oneOf,
  type Plain,
  property,
  type Rule,
  type RuleHead,
  record,
  show,
  text,
  unless,
} from "../../kit/index.ts";
import { isPrimary } from "./database.ts";

const instance = "aws:rds/instance:Instance";
const clusters = "aws:rds/cluster:Cluster";
const members = "aws:rds/clusterInstance:ClusterInstance";
const parameters = "aws:rds/parameterGroup:ParameterGroup";

/** A rule about entries of a parameter group. */
function parameterRule(
  rule: RuleHead & {
    readonly wanted: Readonly<Record<string, (value: string) => boolean>>;
    readonly right: Readonly<Record<string, string>>;
    readonly wrong: Readonly<Record<string, string>>;
  },
): Rule {
  const inputs = (values: Readonly<Record<string, string>>): Plain => ({
    parameters: Object.entries(values).map(([name, value]) => ({
      name,
      value,
      applyMethod: "pending-reboot",
    })),
  });
  return custom({
    ...rule,
    types: [parameters],
    check: (given) => {
      const values = new Map(
        list(given.parameters)
          .map(record)
          .map((one) => [text(one.name), text(one.value)]),
      );
      return Object.entries(rule.wanted)
        .filter(([name, holds]) => !holds(values.get(name) ?? ""))
        .map(
          ([name]) => `parameters: got ${name} ${show(values.get(name))}; allowed: ${show(rule.right[name])}`,
        );
    },
    pass: inputs(rule.right),
    fail: inputs(rule.wrong),
  });
}

export const databaseOperationRules: readonly Rule[] = [
  property({
    id: "database-observed",
    controls: ["RDS-10"],
    severity: "low",
    environments: hardened,
    types: [instance, members],
    path: "monitoringInterval",
    is: between(1, 60),
    whatToDo: "set 60 seconds or fewer, with the role that writes them",
  }),
  property({
    id: "database-statements-observed",
    controls: ["RDS-11", "RDS-36"],
    severity: "low",
    environments: hardened,
    types: [instance, members],
    path: "performanceInsightsEnabled",
    is: isTrue,
    whatToDo: "turn it on",
  }),
  property({
    id: "database-logs-exported",
    controls: ["RDS-13", "RDS-36"],
    severity: "medium",
    types: [instance],
    path: "enabledCloudwatchLogsExports",
    is: including("postgresql", "upgrade"),
    whatToDo: "export both: the disk of the instance keeps logs for three days",
  }),
  property({
    id: "database-patched",
    controls: ["RDS-14"],
    severity: "high",
    types: [instance, members],
    path: "autoMinorVersionUpgrade",
    is: isTrue,
    whatToDo: "turn it on: minor versions carry the security fixes",
  }),
  property({
    id: "database-version-current",
    controls: ["RDS-25"],
    severity: "medium",
    types: [instance, clusters],
    path: "engineVersion",
    when: isPrimary,
    is: {
      allowed: "16 or newer",
      holds: (value) => Number.parseInt(text(value), 10) >= 16,
      right: "17",
      wrong: "13",
    },
    whatToDo: "name the major version",
  }),
  property({
    id: "database-support-standard",
    controls: ["RDS-25"],
    severity: "medium",
    types: [instance, clusters],
    path: "engineLifecycleSupport",
    when: isPrimary,
    is: oneOf("open-source-rds-extended-support-disabled"),
    whatToDo: "switch extended support off: otherwise it starts by itself and is billed per core",
  }),
  property({
    id: "database-changes-wait",
    controls: ["RDS-26"],
    severity: "medium",
    environments: ["prod"],
    types: [instance],
    path: "applyImmediately",
    is: isFalse,
    whatToDo: "let a change that restarts the database wait for the maintenance window",
  }),
  property({
    id: "database-major-by-hand",
    controls: ["RDS-26"],
    severity: "medium",
    environments: ["prod"],
    types: [instance],
    path: "allowMajorVersionUpgrade",
    when: isPrimary,
    is: isFalse,
    whatToDo: "follow the runbook of the major upgrade",
  }),
  custom({
    id: "database-storage-grows",
    controls: ["RDS-27"],
    severity: "medium",
    environments: hardened,
    types: [instance],
    whatToDo: "let storage grow by at least half: a full disk stops writes",
    check: (inputs) => {
      if (!isPrimary(inputs)) return [];
      const { allocatedStorage, maxAllocatedStorage } = inputs;
      return unless(
        Number(maxAllocatedStorage) >= Number(allocatedStorage) * 1.5,
        mismatch("maxAllocatedStorage", maxAllocatedStorage, `1.5 times ${show(allocatedStorage)} or more`),
      );
    },
    pass: { allocatedStorage: 100, maxAllocatedStorage: 200 },
    fail: { allocatedStorage: 100, maxAllocatedStorage: 110 },
    missing: { allocatedStorage: 100 },
  }),
  property({
    id: "database-storage-current",
    controls: ["RDS-28"],
    severity: "low",
    types: [instance],
    path: "storageType",
    is: oneOf("gp3", "io2"),
    whatToDo: "use gp3",
  }),
  property({
    id: "database-class-steady",
    controls: ["RDS-32"],
    severity: "low",
    environments: ["prod"],
    types: [instance, members],
    path: "instanceClass",
    is: {
      allowed: "a class other than db.t*",
      holds: (value) => /^db\.(?!t\d)/.test(text(value)),
      right: "db.r7g.large",
      wrong: "db.t4g.large",
    },
    whatToDo: "use a class without CPU credits",
  }),
  parameterRule({
    id: "database-statements-logged",
    controls: ["RDS-17"],
    severity: "medium",
    whatToDo: "log statements that change the schema and statements that are slow",
    wanted: {
      log_statement: (value) => value === "ddl" || value === "mod",
      log_min_duration_statement: (value) => Number(value) >= 250 && Number(value) <= 1000 && value !== "",
    },
    right: { log_statement: "ddl", log_min_duration_statement: "500" },
    wrong: { log_statement: "none", log_min_duration_statement: "-1" },
  }),
  parameterRule({
    id: "database-sessions-logged",
    controls: ["RDS-18"],
    severity: "low",
    environments: hardened,
    whatToDo: "log connections and disconnections, and load pg_stat_statements and pgaudit",
    wanted: {
      log_connections: (value) => value !== "" && value !== "0",
      log_disconnections: (value) => value === "1",
      shared_preload_libraries: (value) => value.includes("pg_stat_statements") && value.includes("pgaudit"),
    },
    right: {
      log_connections: "1",
      log_disconnections: "1",
      shared_preload_libraries: "pg_stat_statements,pgaudit",
    },
    wrong: { log_connections: "0", log_disconnections: "0", shared_preload_libraries: "pg_stat_statements" },
  }),
  parameterRule({
    id: "database-waits-bounded",
    controls: ["RDS-37"],
    severity: "medium",
    whatToDo: "limit all three, in milliseconds: one forgotten session holds back the vacuum of every table",
    wanted: {
      statement_timeout: (value) => Number(value) > 0,
      idle_in_transaction_session_timeout: (value) => Number(value) > 0,
      lock_timeout: (value) => Number(value) > 0,
    },
    right: {
      statement_timeout: "30000",
      idle_in_transaction_session_timeout: "60000",
      lock_timeout: "10000",
    },
    wrong: { statement_timeout: "0", idle_in_transaction_session_timeout: "0", lock_timeout: "0" },
  }),
  parameterRule({
    id: "database-encrypted-in-transit",
    controls: ["RDS-17"],
    severity: "high",
    whatToDo: "force TLS: a client without TLS must fail",
    wanted: { "rds.force_ssl": (value) => value === "1" },
    right: { "rds.force_ssl": "1" },
    wrong: { "rds.force_ssl": "0" },
  }),
];
