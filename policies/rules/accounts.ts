import { overStack } from "../rule.ts";
import type { Rule } from "../types.ts";
import { show, text } from "../values.ts";
import {
  nameOfObject,
  namespaceOf,
  podRule,
  podTemplate,
  exampleWorkload as runs,
  workloadTypes,
} from "../workloads.ts";

const account = "kubernetes:core/v1:ServiceAccount";

export const accountObjectRules: readonly Rule[] = [
  podRule({
    id: "pod-account-own",
    controls: ["SA-01"],
    severity: "high",
    whatToDo: "name a service account of the workload",
    wrong: ({ serviceAccountName }) =>
      text(serviceAccountName) === "" || serviceAccountName === "default"
        ? `serviceAccountName: got ${show(serviceAccountName)}; allowed: an own account`
        : undefined,
    pass: { serviceAccountName: "api" },
    fail: { serviceAccountName: "default" },
  }),
  podRule({
    id: "pod-token-withheld",
    controls: ["SA-01"],
    severity: "high",
    whatToDo: "set automountServiceAccountToken: false; who calls the API of the cluster gets a waiver",
    wrong: ({ automountServiceAccountToken }) =>
      automountServiceAccountToken === false
        ? undefined
        : `automountServiceAccountToken: got ${show(automountServiceAccountToken)}; allowed: false`,
    pass: { automountServiceAccountToken: false },
    fail: { automountServiceAccountToken: true },
  }),
  overStack({
    id: "pod-account-exists",
    controls: ["SA-03"],
    severity: "medium",
    whatToDo: "declare the account in the namespace",
    check: (stack) =>
      stack
        .of(...workloadTypes)
        .filter((one) => {
          const name = text(podTemplate(one.inputs).spec.serviceAccountName);
          return !stack
            .of(account)
            .some((entry) => nameOfObject(entry) === name && namespaceOf(entry) === namespaceOf(one));
        })
        .map((resource) => ({
          resource,
          message: `serviceAccountName: got ${show(podTemplate(resource.inputs).spec.serviceAccountName)}; allowed: an account of the stack`,
        })),
    pass: [runs("api"), { type: account, inputs: { metadata: { name: "api", namespace: "tasks" } } }],
    fail: [runs("api"), { type: account, inputs: { metadata: { name: "api", namespace: "other" } } }],
    missing: [runs("api")],
  }),
];
