import { rules } from "./rules/index.ts";

/** How one row of the table of controls is covered. */
export type ControlCoverage = { readonly rules: readonly string[] } | { readonly notByPolicy: string };

/** Numbers of the rows by family; a number that is left out does not exist. */
const rows: Readonly<Record<string, readonly number[]>> = {
  NET: [
    1, 2, 3, 4, 5, 7, 8, 10, 12, 13, 14, 15, 16, 18, 19, 21, 22, 23, 24, 25, 26, 27, 29, 30, 31, 32, 33, 34,
    35, 37, 38, 39, 40,
  ],
  EKS: [1, 2, 4, 5, 6, 7, 8, 10, 11, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23, 24],
  NG: [1, 2, 3, 5, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 20, 21, 22],
  RDS: [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29, 31, 32, 33,
    34, 35, 36, 37,
  ],
  EC: [1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22],
  MSK: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 20, 21, 22, 23, 24],
  WAF: [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14, 15],
  ALB: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19],
  KMS: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13],
  S3: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17],
  CT: [1, 2, 3, 4, 5, 6, 7, 8],
  IAM: [1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22],
  SM: [1, 3, 4, 5, 6, 7, 8, 9, 10],
  ECR: [1, 2, 3, 4, 5, 6, 7],
  CW: [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  BKP: [1, 2, 3, 4, 6, 7, 8, 9],
  DR: [1, 2, 3],
  ACC: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  GEN: [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
  POD: [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23],
  IMG: [1, 3, 4, 5, 6],
  RES: [1, 2, 3, 4, 6, 7, 8, 9, 10],
  REL: [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29],
  SEC: [1, 2, 3, 4, 5, 6],
  SA: [1, 3, 4],
  RBAC: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  NP: [1, 2, 3, 4, 5, 8, 9],
  NS: [1, 3, 4, 5, 6],
  SVC: [1, 2, 3, 4],
  ING: [1, 2, 3],
  API: [1, 2, 3],
  DAP: [2, 3, 4, 5, 6, 7],
  OBS: [1, 2, 3, 4, 5],
};

const withDapr = "Dapr is not in the program yet; rules for its annotations and objects come with it.";
const withMonitoring = "The monitoring stack is a chart: its values are tested where they are written.";
const ofProgram = "A property of the program or of a file, not of a resource: it has a test of its own.";

/** Rows that no property of a resource shows, and what covers them instead. */
const notByPolicy: Readonly<Record<string, string>> = {
  "EKS-22": "The cluster block makes the patterns and their alarms: its tests.",
  "EC-22": "The cache is rebuilt empty: docs/disaster-recovery.md and its test.",
  "MSK-21": "Topics are filled again from the outbox: docs/disaster-recovery.md and its test.",
  "S3-15": "Nothing consumes notifications of buckets; the table of controls itself waives this row.",
  "S3-16": "Bucket lifecycle and chart values must be equal: a test over both comes with the charts.",
  "CT-08": "The audit block makes the patterns and their alarms: its tests.",
  "SM-10": "The test of stack files reads them.",
  "CW-12": "Burn-rate rules are Prometheus rules: the tests of the metrics block.",
  "BKP-09": "The cluster is rebuilt from the program: docs/disaster-recovery.md and its test.",
  "DR-03":
    "Figures of disaster recovery are computed from the plans: docs/disaster-recovery.md and its test.",
  "ACC-04": "The audit block of the environment that owns the account makes Security Hub: its tests.",
  "GEN-05": "Outputs are no resources: the test of the outputs contract.",
  "GEN-06": "Configuration: the tests of bad input.",
  "GEN-07": `${ofProgram} Architecture tests and the plan, which refuses duplicate URNs.`,
  "GEN-08": "This pack and its tests.",
  "GEN-09": "The waivers and their tests.",
  "GEN-10": `${ofProgram} Architecture tests.`,
  "GEN-11": ofProgram,
  "GEN-13": `${ofProgram} Architecture tests.`,
  "GEN-14": "Two environments at once: the comparison of inventories.",
  "IMG-06": "The pipeline verifies signatures before a deploy.",
  "RES-10": withDapr,
  "REL-29": "No settings come from ConfigMaps: variables are part of the pod, so a change restarts it.",
  "SEC-06": withDapr,
  "NP-08": withMonitoring,
  "NP-09": withDapr,
  "NS-05": "There is one namespace for now; the others come with their workloads.",
  "ING-02": "There is no Ingress: the load balancer belongs to the program.",
  "API-01": "The SDK has current kinds only, and the cluster minor is pinned beside it.",
  "API-02": "Manifests are typed by the SDK; schemas of custom kinds are checked where they are rendered.",
  "API-03": "Charts are pinned in one list, and a test reads it.",
  "DAP-02": withDapr,
  "DAP-03": withDapr,
  "DAP-04": withDapr,
  "DAP-05": withDapr,
  "DAP-06": withDapr,
  "DAP-07": withDapr,
  "OBS-01": withMonitoring,
  "OBS-02": withMonitoring,
  "OBS-03": withMonitoring,
  "OBS-04": withMonitoring,
  "OBS-05": withMonitoring,
};

/** Ids of all rows, in the order of the table. */
export const controlIds: readonly string[] = Object.entries(rows).flatMap(([family, numbers]) =>
  numbers.map((number) => `${family}-${String(number).padStart(2, "0")}`),
);

/** Every row with the rules that cover it, or the reason why none does. A test refuses rows with both or neither. */
export function coverage(): Readonly<Record<string, ControlCoverage>> {
  return Object.fromEntries(
    controlIds.map((id) => {
      const ids = rules.filter((rule) => rule.controls.includes(id)).map((rule) => rule.id);
      return [id, ids.length > 0 ? { rules: ids } : { notByPolicy: notByPolicy[id] ?? "" }];
    }),
  );
}

/** Reasons that no row needs any more, or that belong to no row. */
export function idleReasons(): readonly string[] {
  const table = coverage();
  return Object.keys(notByPolicy).filter((id) => {
    const row = table[id];
    return row === undefined || "rules" in row;
  });
}
