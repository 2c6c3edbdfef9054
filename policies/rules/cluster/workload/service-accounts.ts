import {
  mismatch,
  nameOfObject,
  namespaceOf,
  overStack,
  podRule,
  podTemplate,
  type Rule,
  text,
  workloadNamed,
  workloadTypes,
} from "../../../kit/index.ts";

const account = "kubernetes:core/v1:ServiceAccount";

export const serviceAccountRules: readonly Rule[] = [
  podRule({
    id: "pod-account-own",
    controls: ["SA-01"],
    severity: "high",
    whatToDo: "name a service account of the workload",
    wrong: ({ serviceAccountName }) =>
      text(serviceAccountName) === "" || serviceAccountName === "default"
        ? mismatch("serviceAccountName", serviceAccountName, "an account of the workload")
        : undefined,
    pass: { serviceAccountName: "api" },
    fail: { serviceAccountName: "default" },
  }),
  podRule({
    id: "pod-token-withheld",
    controls: ["SA-01"],
    severity: "high",
    whatToDo:
      "set automountServiceAccountToken: false; a workload that calls the Kubernetes API needs a waiver",
    wrong: ({ automountServiceAccountToken }) =>
      automountServiceAccountToken === false
        ? undefined
        : mismatch("automountServiceAccountToken", automountServiceAccountToken, "false"),
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
          message: mismatch(
            "serviceAccountName",
            podTemplate(resource.inputs).spec.serviceAccountName,
            "an account of the stack",
          ),
        })),
    pass: [
      workloadNamed("api"),
      { type: account, inputs: { metadata: { name: "api", namespace: "tasks" } } },
    ],
    fail: [
      workloadNamed("api"),
      { type: account, inputs: { metadata: { name: "api", namespace: "other" } } },
    ],
    missing: [workloadNamed("api")],
  }),
];
