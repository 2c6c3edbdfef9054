import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { AdmissionPolicy } from "./index.ts";

// tests/program/admission.test.ts evaluates the expressions on the pods of the plans.

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

test("the policy checks every pod that is created or whose spec changes, and containers added for debugging", async () => {
  const { inputs } = (await planPolicy()).one(policyType);
  expect(inputs.metadata).toMatchObject(metadata);
  expect(inputs.spec).toMatchObject({
    failurePolicy: "Fail",
    matchConditions: [
      {
        name: "new-or-changed-spec",
        expression: 'request.operation == "CREATE" || object.spec != oldObject.spec',
      },
    ],
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

test("the binding refuses pods that break the policy, in one namespace, by a label that nobody can remove", async () => {
  const { inputs } = (await planPolicy()).one(`${policyType}Binding`);
  expect(inputs.metadata).toMatchObject(metadata);
  expect(inputs.spec).toEqual({
    policyName: "task-platform-pods",
    validationActions: ["Deny"],
    matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "tasks" } } },
  });
});

test.each([[[]], [["https://registry.example"]], [["registry.example/tasks"]], [['r" || true || "']]])(
  "no image host, or more than a host, is refused: %j",
  async (imageHosts) => {
    await expect(planPolicy(imageHosts)).rejects.toThrow(
      /admission policy "admission": 1 problem, nothing was created\.[\s\S]*imageHosts: /,
    );
  },
);
