import type { Mutation } from "../mutation.ts";

/** Checks of specs and stack files. */
export const environmentMutations: readonly Mutation[] = [
  {
    what: "a copy of another region or account is asked of RDS",
    file: "infra/environment/environment.ts",
    find: "...restoreConfigProblems(spec.region, readable, source),",
    replace: "",
    caughtBy: {
      file: "infra/environment/stores/check-restore.test.ts",
      test: "all problems of a restore are reported at once: region, account, future time",
    },
  },
  {
    what: "a relay writes into the topics that a copy fills",
    file: "infra/environment/stores/check-kafka-copy.ts",
    find: "kafka !== undefined && ",
    replace: 'kafka !== undefined && key !== "relay" && ',
    caughtBy: {
      file: "tests/program/kafka-copy.test.ts",
      test: "a copy without a source, with running writers, or from another cluster than the source is refused, all at once",
    },
  },
  {
    what: "events are copied from the brokers of another account",
    file: "infra/environment/stores/check-kafka-copy.ts",
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
  {
    what: "a key that no schema has is accepted",
    file: "infra/environment/schema/shape.ts",
    find: ".filter((key) => !Object.hasOwn(properties, key))",
    replace: ".filter(() => false)",
    caughtBy: {
      file: "infra/environment/schema/schema.test.ts",
      test: "a misspelt key is not also reported as missing",
    },
  },
  {
    what: "a problem of a value that only stands in for a wrong one is reported",
    file: "infra/environment/schema/spec-problems.ts",
    find: "rest.every((problems) => problems.has(JSON.stringify(problem))) &&",
    replace: "",
    caughtBy: {
      file: "infra/environment/schema/schema.test.ts",
      test: "a spec with a fault elsewhere neither hides nor causes a problem here",
    },
  },
  {
    what: "a stack that policies do not know is judged as dev",
    file: "policies/kit/types.ts",
    find: 'environments.find((name) => name === stack) ?? "prod"',
    replace: 'environments.find((name) => name === stack) ?? "dev"',
    caughtBy: {
      file: "tests/program/new-environment.test.ts",
      test: "every judge takes a stack that policies do not know for prod, and the new environment breaks no rule",
    },
  },
  {
    what: "a tag has a name of the platform of its own",
    file: "infra/providers.ts",
    find: "Project: platform.name",
    replace: 'Project: "task-platform"',
    caughtBy: {
      file: "tests/program/other-platform.test.ts",
      test: "with another name in one file, nothing in prod has the old name or prefix",
    },
  },
  {
    what: "an eighth of the internet may reach the API server",
    file: "infra/environment/config-keys.ts",
    find: "range.prefix >= 16 && isPublicRange(range)",
    replace: "range.prefix >= 3 && isPublicRange(range)",
    caughtBy: {
      file: "infra/environment/check-config.test.ts",
      test: 'operatorCidrs: ["198.18.0.0/15"] is refused with what is allowed',
    },
  },
  {
    what: "images of every registry are admitted",
    file: "infra/environment/environment.ts",
    find: "...imageProblems(spec, readable, source),",
    replace: "",
    caughtBy: {
      file: "infra/environment/environment.test.ts",
      test: "an image of another registry is refused: the admission policy would let all of its registry in",
    },
  },
];
