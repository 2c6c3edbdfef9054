import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Migration } from "./index.ts";

const planMigration = (image: string) =>
  planProgram(() => {
    new Migration("migrate", {
      workloadName: "task-migrate",
      namespace: "tasks",
      image,
      args: ["apps/task-api/src/migrate.ts"],
      env: {},
      labels: {},
      priorityClass: "task-platform-batch",
      egress: [{ ports: [5432], cidrs: ["10.30.128.0/24"] }],
      waitFor: [],
    });
  });

test("a migration has three more tries within 15 minutes, with the security context of every pod", async () => {
  const plan = await planMigration("registry.example/task-api@sha256:0123");
  const { spec } = plan.one("kubernetes:batch/v1:Job").inputs as {
    spec: { template: { spec: Record<string, unknown> } } & Record<string, unknown>;
  };
  expect([spec.backoffLimit, spec.activeDeadlineSeconds]).toEqual([3, 900]);
  expect(spec.template.spec).toMatchObject({
    restartPolicy: "Never",
    serviceAccountName: "task-migrate",
    priorityClassName: "task-platform-batch",
    automountServiceAccountToken: false,
    tolerations: [
      { key: "node.kubernetes.io/not-ready", tolerationSeconds: 60 },
      { key: "node.kubernetes.io/unreachable", tolerationSeconds: 60 },
    ],
    securityContext: { runAsNonRoot: true, runAsUser: 10001 },
    containers: [
      {
        command: ["node"],
        resources: {
          requests: { cpu: "100m", memory: "256Mi", "ephemeral-storage": "128Mi" },
          limits: { cpu: "500m", memory: "256Mi", "ephemeral-storage": "512Mi" },
        },
        securityContext: { readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
      },
    ],
  });
});

test("a deploy waits for a migration until its deadline has passed", async () => {
  const { inputs, options } = (await planMigration("a")).one("kubernetes:batch/v1:Job");
  expect(inputs.spec).toMatchObject({ activeDeadlineSeconds: 15 * 60 });
  expect(options.customTimeouts).toMatchObject({ create: "16m" });
});

test("a migration has no ingress, and its egress is DNS and the database", async () => {
  const plan = await planMigration("registry.example/task-api@sha256:0123");
  const { spec } = plan.one("kubernetes:networking.k8s.io/v1:NetworkPolicy").inputs as {
    spec: { ingress: unknown[]; egress: { ports: { port: number }[] }[] };
  };
  expect(spec.ingress).toEqual([]);
  expect(spec.egress.map(({ ports }) => ports.map(({ port }) => port))).toEqual([[53, 53], [5432]]);
});

test("a new image creates a new Job, and the same image does not", async () => {
  const nameOf = async (image: string) => (await planMigration(image)).one("kubernetes:batch/v1:Job").name;
  const [first, again, next] = [await nameOf("a"), await nameOf("a"), await nameOf("b")];
  expect(first).toMatch(/^migrate-[0-9a-f]{8}$/);
  expect(again).toBe(first);
  expect(next).not.toBe(first);
});
