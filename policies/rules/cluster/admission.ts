import {
  custom,
  hardened,
  list,
  mismatch,
  nameOfObject,
  namespacesOf,
  overStack,
  type Plain,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  text,
  texts,
  unless,
  workloadNamed,
} from "../../kit/index.ts";

const policy = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";
const binding = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding";

/** What an admission policy for pods must check, with the expression that its conditions must contain. */
const subjects: Readonly<Record<string, RegExp>> = {
  "repository of the image": /\.image\.startsWith\(/,
  "digest of the image": /\.image\.matches\([^)]*@sha256:/,
  "kinds of volumes": /\.volumes\.all\(/,
  runAsNonRoot: /\.runAsNonRoot/,
};

/** Bindings that make a policy deny requests in a namespace. */
function bindingsOf(stack: Stack, one: Resource, namespace: string): readonly Resource[] {
  return stack.of(binding).filter(({ inputs }) => {
    const chosen = record(read(inputs, "spec.matchResources.namespaceSelector.matchLabels"));
    return (
      text(read(inputs, "spec.policyName")) === nameOfObject(one) &&
      texts(read(inputs, "spec.validationActions")).includes("Deny") &&
      (Object.keys(chosen).length === 0 || chosen["kubernetes.io/metadata.name"] === namespace)
    );
  });
}

function looksAtPods({ inputs }: Resource): boolean {
  return list(read(inputs, "spec.matchConstraints.resourceRules"))
    .map(record)
    .some(({ operations, resources }) => {
      const [what, when] = [texts(resources), texts(operations)];
      return what.includes("pods") && when.includes("CREATE") && when.includes("UPDATE");
    });
}

const example = (expressions: readonly string[]) => ({
  type: policy,
  name: "policy",
  inputs: {
    metadata: { name: "pods" },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], operations: ["CREATE", "UPDATE"], resources: ["pods"] }],
      },
      validations: expressions.map((expression) => ({ expression })),
    },
  },
});
const bound = (spec: Plain) => ({
  type: binding,
  name: "binding",
  inputs: {
    metadata: { name: "pods" },
    spec: {
      policyName: "pods",
      matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "tasks" } } },
      ...spec,
    },
  },
});
const changed = { matchConditions: [{ name: "changed", expression: "object.spec != oldObject.spec" }] };
const all =
  'spec.volumes.all(v, has(v.secret)) && c.image.startsWith("a/") && c.image.matches("@sha256:") && spec.securityContext.runAsNonRoot';

export const admissionRules: readonly Rule[] = [
  overStack({
    id: "namespace-admits-ours-only",
    controls: ["NS-06"],
    severity: "medium",
    environments: hardened,
    whatToDo:
      "bind a policy for pods, with Deny, that checks image repository, digest, kinds of volumes and runAsNonRoot: this program is not the only way to create pods",
    check: (stack) =>
      namespacesOf(stack).flatMap((namespace) => {
        const expressions = stack
          .of(policy)
          .filter((one) => looksAtPods(one) && bindingsOf(stack, one, namespace).length > 0)
          .flatMap(({ inputs }) => list(read(inputs, "spec.validations")))
          .map((one) => text(record(one).expression));
        return Object.entries(subjects)
          .filter(([, words]) => !expressions.some((expression) => words.test(expression)))
          .map(([subject]) => ({
            message: `namespace ${namespace}: no admission policy checks the ${subject}`,
          }));
      }),
    pass: [workloadNamed("api"), example([all]), bound({ validationActions: ["Deny"] })],
    // Bound, but it only audits.
    fail: [workloadNamed("api"), example([all]), bound({ validationActions: ["Audit"] })],
    missing: [workloadNamed("api")],
  }),
  custom({
    id: "admission-judges-changes",
    controls: ["NS-06"],
    severity: "medium",
    types: [policy],
    whatToDo:
      "add a match condition that compares object.spec with oldObject.spec: a pod from before the policy could not be annotated, and the pod of a finished Job would keep its finalizer for ever",
    check: ({ spec }) => {
      const updates = list(read(spec, "matchConstraints.resourceRules")).some((one) =>
        texts(record(one).operations).some((operation) => operation === "UPDATE" || operation === "*"),
      );
      const compares = list(read(spec, "matchConditions")).some((one) =>
        /\boldObject\./.test(text(record(one).expression)),
      );
      return unless(!updates || compares, "spec.matchConditions: got none that compares with oldObject");
    },
    pass: { spec: { ...example([]).inputs.spec, ...changed } },
    fail: { spec: { ...example([]).inputs.spec, matchConditions: [] } },
    missing: example([]).inputs,
  }),
  custom({
    id: "admission-fails-closed",
    controls: ["NS-06"],
    severity: "medium",
    types: [policy],
    whatToDo: 'set failurePolicy "Fail": a condition that cannot be evaluated must not admit everything',
    check: (inputs) => {
      const got = read(inputs, "spec.failurePolicy");
      return unless(got === "Fail", mismatch("spec.failurePolicy", got, '"Fail"'));
    },
    pass: { spec: { failurePolicy: "Fail" } },
    fail: { spec: { failurePolicy: "Ignore" } },
  }),
];
