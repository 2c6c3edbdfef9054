import type { Mutation } from "../mutation.ts";

/** Checks of specs and stack files. */
export const environmentMutations: readonly Mutation[] = [
  {
    what: "a copy of another region or account is asked of RDS",
    file: "infra/environment/environment.ts",
    find: "...restoreConfigProblems(spec.region, readable, source),",
    replace: "",
    caughtBy: {
      file: "infra/environment/check-restore.test.ts",
      test: "all problems of a restore are reported at once: region, account, future time",
    },
  },
  {
    what: "a relay writes into the topics that a copy fills",
    file: "infra/environment/check-kafka-copy.ts",
    find: "kafka !== undefined && ",
    replace: 'kafka !== undefined && key !== "relay" && ',
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "a copy without a source, with running writers, or from another cluster than the source is refused, all at once",
    },
  },
  {
    what: "events are copied from the brokers of another account",
    file: "infra/environment/check-kafka-copy.ts",
    find: "region === wanted && account === accountId",
    replace: "region === wanted",
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "a copy without a source, with running writers, or from another cluster than the source is refused, all at once",
    },
  },
  {
    what: "workers send the password of the registry in the clear",
    file: "infra/environment/check-secrets.ts",
    find: '|| url.startsWith("https://")',
    replace: '|| url.startsWith("http")',
    caughtBy: {
      file: "infra/environment/environment.test.ts",
      test: "a schema registry without TLS is refused exactly where it has a password",
    },
  },
  {
    what: "a trail that nobody can delete is in an environment that goes whole",
    file: "infra/environment/check-spec.ts",
    find: "[...switchProblems(spec), ...lockProblems(spec)]",
    replace: "switchProblems(spec)",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "each switch that contradicts `removal` is refused",
    },
  },
  {
    what: "a primary may stop its relay and processor",
    file: "infra/environment/check-workloads.ts",
    find: 'spec.role === "primary" || mustRun.on === "everywhere"',
    replace: 'mustRun.on === "everywhere"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "a primary runs every role, and the message says what would stop",
    },
  },
  {
    what: "a standby may stop the API that users fail over to",
    file: "infra/environment/check-workloads.ts",
    find: 'spec.role === "primary" || mustRun.on === "everywhere"',
    replace: 'spec.role === "primary"',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "a standby may stop relay and processor, but not the API",
    },
  },
  {
    what: "no connection is kept for what is stopped",
    file: "infra/environment/roles.ts",
    find: "  return roles.map(({ key, database }) => ({",
    replace:
      '  return roles.filter(({ key }) => settingsOf(spec, key).state === "running").map(({ key, database }) => ({',
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "a stopped role still counts its connections, hosts and pods, because a failover starts it",
    },
  },
  {
    what: "pods may want more memory than a node has",
    file: "infra/environment/check-workloads.ts",
    find: " && room.memoryMiB >= wanted.memoryMiB",
    replace: "",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "nodes that cannot hold one replica of each workload of their node pool are refused; stopped workloads count",
    },
  },
  {
    what: "pods may want more CPU than a node has",
    file: "infra/environment/check-workloads.ts",
    find: "room.cpuMillis >= wanted.cpuMillis && ",
    replace: "",
    caughtBy: {
      file: "infra/environment/check-spec.test.ts",
      test: "nodes that cannot hold one replica of each workload of their node pool are refused; stopped workloads count",
    },
  },
];
