import { expect, test } from "vitest";
import { program } from "../../infra/program.ts";
import { evaluate, rules, waivers } from "../../policies/index.ts";
import { generatedDocuments } from "../../tools/generated-docs/index.ts";
import { readManifests } from "../../tools/local/manifests/index.ts";
import { planEnvironment } from "../../tools/plan/index.ts";
import { withStopped } from "./other-specs.ts";
import { root } from "./plan-of.ts";

const plan = await planEnvironment("dr", { program: () => program(withStopped) });

const namesOf = (type: string): readonly string[] =>
  plan
    .all(type)
    .map(({ name }) => name)
    .filter((name) => name.startsWith("task-"));

test("stopped workers keep image, pod identity and network policies, and run no pod", () => {
  const all = ["task-analytics", "task-api", "task-processor", "task-relay"];
  expect(namesOf("kubernetes:apps/v1:Deployment")).toEqual(all);
  for (const type of [
    "kubernetes:core/v1:ServiceAccount",
    "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  ]) {
    expect(namesOf(type)).toEqual(expect.arrayContaining(all));
  }
  expect(namesOf("kubernetes:autoscaling/v2:HorizontalPodAutoscaler")).toEqual(["task-api"]);
  const replicas = plan
    .all("kubernetes:apps/v1:Deployment")
    .map(({ name, inputs }) => [name, (inputs.spec as { replicas?: number }).replicas]);
  expect(replicas).toEqual([
    ["task-analytics", 0],
    ["task-api", undefined],
    ["task-processor", 0],
    ["task-relay", 0],
  ]);
});

test("a stopped role has no alert and no alarm", () => {
  const { data } = plan.one("aws:amp/ruleGroupNamespace:RuleGroupNamespace").inputs;
  expect(data).toContain("alert: TaskApiDown");
  expect(data).not.toMatch(/alert: Task(Relay|Processor|Analytics)/);
  const lag = plan
    .all("aws:cloudwatch/metricAlarm:MetricAlarm")
    .filter(({ inputs }) => /Lag/.test(String(inputs.metricName)) && inputs.namespace === "AWS/Kafka");
  expect(lag.map(({ name }) => name)).toEqual([]);
});

test("stopped roles count in the quota, because a failover starts them", () => {
  const quota = plan.one("kubernetes:core/v1:ResourceQuota", "tasks").inputs.spec;
  // Per role: its maximum, a quarter more during a rollout, and as many that are still stopping. And two of the migration.
  expect(quota).toMatchObject({ hard: { pods: String(45 + 14 + 14 + 5 + 2) } });
});

test("outputs, the document of environments and npm start know which roles are stopped", () => {
  expect(plan.outputs.stopped).toEqual(["relay", "processor", "analytics"]);
  const spec = generatedDocuments([plan], root).find(({ file }) => file === "docs/environments.md");
  expect(spec?.text).toContain("| pods `task-relay` | 0, stopped |");
  expect(readManifests(plan).deployments.map(({ name, replicas }) => [name, replicas])).toEqual([
    ["task-analytics", 0],
    ["task-api", 1],
    ["task-processor", 0],
    ["task-relay", 0],
  ]);
});

test("only a standby may have stopped roles", () => {
  const { resources } = plan;
  const today = new Date().toISOString().slice(0, 10);
  expect(evaluate(resources, { environment: "dr", today }, rules, waivers).violations).toEqual([]);
  const stopped = evaluate(resources, { environment: "prod", today }, rules, []).violations.filter(
    ({ rule }) => rule === "workload-runs",
  );
  expect(stopped.map(({ urn }) => urn.split("::").at(-1))).toEqual([
    "task-analytics",
    "task-processor",
    "task-relay",
  ]);
});
