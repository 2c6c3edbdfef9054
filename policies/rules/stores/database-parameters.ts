import {
  custom,
  hardened,
  list,
  mismatch,
  type Plain,
  type Rule,
  type RuleHead,
  record,
  show,
  text,
} from "../../kit/index.ts";

const parameters = "aws:rds/parameterGroup:ParameterGroup";

/** Values that RDS itself gives a family, for PostgreSQL 15 and newer: they hold where a group does not name them. */
const familyValues: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1", // hashicorp/terraform-provider-aws#39252
  log_autovacuum_min_duration: "10000", // RDS, default parameter groups: source "system"
  shared_preload_libraries: "pg_stat_statements",
};

/** Parameters that need a restart: PostgreSQL reads them only when it starts (its manual, chapter 19). */
const staticParameters: readonly string[] = [
  "max_connections",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
  "wal_level",
];

function familyValue(family: string, name: string): string {
  return Number(/^postgres(\d+)$/.exec(family)?.[1]) >= 15 ? (familyValues[name] ?? "") : "";
}

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
        .filter(([name, holds]) => !holds(values.get(name) ?? familyValue(text(given.family), name)))
        .map(
          ([name]) => `parameters: got ${name} ${show(values.get(name))}; allowed: ${show(rule.right[name])}`,
        );
    },
    pass: inputs(rule.right),
    fail: inputs(rule.wrong),
  });
}

/** A group of a family with one parameter. */
const groupOf = (family: string, name: string, value: string, applyMethod: string): Plain => ({
  family,
  parameters: [{ name, value, applyMethod }],
});

export const databaseParameterRules: readonly Rule[] = [
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
  custom({
    id: "database-parameters-settle",
    controls: ["RDS-17"],
    severity: "medium",
    types: [parameters],
    missingIs: "right",
    whatToDo:
      'use "pending-reboot": RDS refuses to apply a static parameter at once, and registers no method for a value that the family has',
    check: ({ family, parameters: given }) =>
      list(given)
        .map(record)
        .filter(({ applyMethod }) => applyMethod === "immediate")
        .filter(
          ({ name, value }) =>
            staticParameters.includes(text(name)) || familyValue(text(family), text(name)) === text(value),
        )
        .map(({ name, applyMethod }) =>
          mismatch(`parameters.${text(name)}.applyMethod`, applyMethod, '"pending-reboot"'),
        ),
    pass: groupOf("postgres17", "rds.force_ssl", "1", "pending-reboot"),
    fail: groupOf("postgres17", "rds.force_ssl", "1", "immediate"),
  }),
];
