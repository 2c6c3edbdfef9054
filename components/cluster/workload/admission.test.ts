import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { AdmissionPolicy } from "./index.ts";

// What the expressions let through is tested on the pods of the plans: tests/program/admission.test.ts.

const planPolicy = (imageHosts: readonly string[] = ["registry.example"]) =>
  planProgram(() => {
    new AdmissionPolicy("admission", {
      policyName: "task-platform-pods",
      namespace: "tasks",
      imageHosts,
      labels: { owner: "platform" },
    });
  });

const policyType = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const metadata = { name: "task-platform-pods", labels: { owner: "platform" } };

test("every pod is looked at when it is made or changed, and so are containers added for debugging", async () => {
  const { inputs } = (await planPolicy()).one(policyType);
  expect(inputs.metadata).toMatchObject(metadata);
  expect(inputs.spec).toMatchObject({
    failurePolicy: "Fail",
    matchConstraints: {
      resourceRules: [
        {
          apiGroups: [""],
          apiVersions: ["v1"],
          operations: ["CREATE", "UPDATE"],
          resources: ["pods", "pods/ephemeralcontainers"],
        },
      ],
    },
  });
});

test("what breaks the policy is refused, in the one namespace, by a label nobody can take off", async () => {
  const { inputs } = (await planPolicy()).one(`${policyType}Binding`);
  expect(inputs.metadata).toMatchObject(metadata);
  expect(inputs.spec).toEqual({
    policyName: "task-platform-pods",
    validationActions: ["Deny"],
    matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "tasks" } } },
  });
});

test.each([[[]], [["https://registry.example"]], [["registry.example/tasks"]], [['r" || true || "']]])(
  "no host, or more than a host, is refused: %j",
  async (imageHosts) => {
    await expect(planPolicy(imageHosts)).rejects.toThrow(
      /admission policy "admission": 1 problem, nothing was created\.[\s\S]*imageHosts: /,
    );
  },
);
