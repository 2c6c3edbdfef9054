import {
  custom,
  list,
  mismatch,
  type Plain,
  type Rule,
  type RuleHead,
  read,
  record,
  text,
  texts,
} from "../../kit/index.ts";

const roles = [
  "kubernetes:rbac.authorization.k8s.io/v1:Role",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole",
] as const;
const bindings = [
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
] as const;

/** A rule about each entry of an RBAC role. */
function grantRule(
  rule: RuleHead & {
    readonly wrong: (grant: {
      readonly verbs: readonly string[];
      readonly resources: readonly string[];
      readonly names: readonly string[];
      readonly groups: readonly string[];
    }) => boolean;
    readonly pass: Plain;
    readonly fail: Plain;
  },
): Rule {
  return custom({
    ...rule,
    types: roles,
    missingIs: "right",
    check: ({ rules }) =>
      list(rules)
        .map(record)
        .filter((one) =>
          rule.wrong({
            verbs: texts(one.verbs),
            resources: texts(one.resources),
            names: texts(one.resourceNames),
            groups: texts(one.apiGroups),
          }),
        )
        .map((one) => mismatch("rules", one, "fewer permissions")),
    pass: { rules: [rule.pass] },
    fail: { rules: [rule.fail] },
  });
}

const reads = ["get", "list", "watch", "*"];
const anyOf = (values: readonly string[], wanted: readonly string[]) =>
  values.some((value) => wanted.includes(value));

export const grantRules: readonly Rule[] = [
  grantRule({
    id: "role-without-wildcards",
    controls: ["RBAC-01"],
    severity: "critical",
    whatToDo: "list verbs, resources and groups",
    wrong: ({ verbs, resources, groups }) => [...verbs, ...resources, ...groups].includes("*"),
    pass: { apiGroups: [""], resources: ["pods"], verbs: ["get"] },
    fail: { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
  }),
  grantRule({
    id: "role-reads-named-secrets",
    controls: ["RBAC-03"],
    severity: "high",
    whatToDo: "name the secrets in resourceNames",
    wrong: ({ verbs, resources, names }) =>
      resources.includes("secrets") && anyOf(verbs, reads) && names.length === 0,
    pass: { apiGroups: [""], resources: ["secrets"], verbs: ["get"], resourceNames: ["api"] },
    fail: { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
  }),
  grantRule({
    id: "role-starts-no-pods",
    controls: ["RBAC-04"],
    severity: "high",
    whatToDo: "remove it: a subject that starts pods can use every service account of the namespace",
    wrong: ({ verbs, resources }) =>
      anyOf(verbs, ["create", "update", "patch"]) &&
      anyOf(resources, ["pods", "deployments", "jobs", "cronjobs", "daemonsets", "statefulsets"]),
    pass: { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get"] },
    fail: { apiGroups: ["apps"], resources: ["deployments"], verbs: ["create"] },
  }),
  grantRule({
    id: "role-enters-no-pods",
    controls: ["RBAC-05"],
    severity: "high",
    whatToDo: "remove it",
    wrong: ({ resources }) => anyOf(resources, ["pods/exec", "pods/attach", "pods/portforward"]),
    pass: { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    fail: { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] },
  }),
  grantRule({
    id: "role-not-escalating",
    controls: ["RBAC-06"],
    severity: "high",
    whatToDo: "remove bind, escalate and impersonate",
    wrong: ({ verbs }) => anyOf(verbs, ["bind", "escalate", "impersonate"]),
    pass: { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["get"] },
    fail: { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] },
  }),
  grantRule({
    id: "role-not-on-nodes",
    controls: ["RBAC-07"],
    severity: "medium",
    whatToDo: "remove access to nodes/proxy, persistent volumes and tokens",
    wrong: ({ verbs, resources }) =>
      resources.includes("nodes/proxy") ||
      (verbs.includes("create") && anyOf(resources, ["persistentvolumes", "serviceaccounts/token"])),
    pass: { apiGroups: [""], resources: ["nodes"], verbs: ["get"] },
    fail: { apiGroups: [""], resources: ["nodes/proxy"], verbs: ["get"] },
  }),
  grantRule({
    id: "role-not-on-admission",
    controls: ["RBAC-08"],
    severity: "medium",
    whatToDo: "remove access to webhooks and certificate approval",
    wrong: ({ verbs, resources }) =>
      anyOf(verbs, ["create", "update", "patch", "approve"]) &&
      resources.some((one) => /webhookconfigurations$|^certificatesigningrequests\/approval$/.test(one)),
    pass: {
      apiGroups: ["admissionregistration.k8s.io"],
      resources: ["validatingwebhookconfigurations"],
      verbs: ["get"],
    },
    fail: {
      apiGroups: ["admissionregistration.k8s.io"],
      resources: ["mutatingwebhookconfigurations"],
      verbs: ["patch"],
    },
  }),
  custom({
    id: "binding-not-administrator",
    controls: ["RBAC-02"],
    severity: "critical",
    types: bindings,
    missingIs: "right",
    whatToDo: "bind a role with the permissions it needs",
    check: ({ roleRef }) =>
      record(roleRef).name === "cluster-admin" ? ["roleRef: got cluster-admin; allowed: a role of ours"] : [],
    pass: { roleRef: { kind: "Role", name: "reader" } },
    fail: { roleRef: { kind: "ClusterRole", name: "cluster-admin" } },
  }),
  custom({
    id: "binding-of-named-subjects",
    controls: ["RBAC-09"],
    severity: "critical",
    types: bindings,
    missingIs: "right",
    whatToDo: "name accounts of ours",
    check: ({ subjects }) =>
      list(subjects)
        .map((one) => text(record(one).name))
        .filter((name) => /^system:(anonymous|unauthenticated|authenticated|masters)$/.test(name))
        .map((name) => `subjects: got ${name}; allowed: accounts of ours`),
    pass: { subjects: [{ kind: "ServiceAccount", name: "api" }] },
    fail: { subjects: [{ kind: "Group", name: "system:authenticated" }] },
  }),
  custom({
    id: "access-not-by-config-map",
    controls: ["RBAC-10", "EKS-08"],
    severity: "high",
    types: ["kubernetes:core/v1:ConfigMap", "kubernetes:core/v1:ConfigMapPatch"],
    missingIs: "right",
    whatToDo: "use access entries",
    check: (inputs) =>
      read(inputs, "metadata.name") === "aws-auth" ? ["metadata.name: got aws-auth; allowed: none"] : [],
    pass: { metadata: { name: "settings" } },
    fail: { metadata: { name: "aws-auth" } },
  }),
];
