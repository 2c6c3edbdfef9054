import {
  list,
  nameOfObject,
  namespaceOf,
  overStack,
  type Plain,
  type Resource,
  type Rule,
  read,
  record,
  type Stack,
  show,
  statementsOf,
  text,
} from "../../../kit/index.ts";

const podIdentity = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const addon = "aws:eks/addon:Addon";
const release = "kubernetes:helm.sh/v3:Release";
const serviceAccount = "kubernetes:core/v1:ServiceAccount";
const role = "aws:iam/role:Role";

/**
 * Where the values of a chart name the service account of its pods: `values.yaml` of each chart. A chart reads no other
 * key, so a name at a wrong place is ignored without a word, and the pods run without AWS permissions.
 */
const accountPaths: Readonly<Record<string, string>> = {
  "aws-load-balancer-controller": "serviceAccount",
  "cluster-autoscaler": "rbac.serviceAccount",
  "external-secrets": "serviceAccount",
};

/** Service accounts that add-ons bring, all in kube-system: EKS guide, 'Amazon EKS add-ons' of AWS. */
const addonAccounts: Readonly<Record<string, string>> = {
  "vpc-cni": "aws-node",
  "aws-ebs-csi-driver": "ebs-csi-controller-sa",
};

/** A service account that pods run as, and what makes it. */
interface Account {
  readonly resource: Resource;
  readonly namespace: string;
  /** Empty when the maker does not say. */
  readonly name: string;
}

function accountOfRelease(resource: Resource): Account {
  const { chart, namespace, values } = resource.inputs;
  const path = accountPaths[text(chart)];
  const account = path === undefined ? {} : record(read(values, path));
  return {
    resource,
    namespace: text(namespace),
    name: account.create === false ? "" : text(account.name),
  };
}

function accounts(stack: Stack): readonly Account[] {
  return [
    ...stack.of(serviceAccount).map((resource) => ({
      resource,
      namespace: namespaceOf(resource),
      name: nameOfObject(resource),
    })),
    ...stack.of(release).map(accountOfRelease),
  ];
}

/** A service account that gets a role, and the resource and property that say so. */
interface Identity extends Account {
  readonly roleProperty: string;
}

function associations(stack: Stack): readonly Identity[] {
  return stack.of(podIdentity).map((resource) => ({
    resource,
    namespace: text(resource.inputs.namespace),
    name: text(resource.inputs.serviceAccount),
    roleProperty: "roleArn",
  }));
}

function identitiesOfAddons(stack: Stack): readonly Identity[] {
  return stack.of(addon).flatMap((resource) =>
    list(resource.inputs.podIdentityAssociations).map((one) => ({
      resource,
      namespace: "kube-system",
      name: text(record(one).serviceAccount),
      roleProperty: "podIdentityAssociations",
    })),
  );
}

const same = (one: Account) => (other: Account) =>
  one.name === other.name && one.namespace === other.namespace && one.name !== "";

const called = ({ namespace, name }: Pick<Account, "namespace" | "name">) => `${namespace}/${name}`;

/** Service accounts that a trust policy names by the tags of EKS Pod Identity. */
function trusted(resource: Resource): readonly string[] {
  return (statementsOf(resource.inputs.assumeRolePolicy) ?? []).map(({ conditions, operators }) => {
    const tag = (key: string) => {
      const exact = operators[`aws:requesttag/kubernetes-${key}`] === "StringEquals";
      return exact ? (conditions[`aws:requesttag/kubernetes-${key}`] ?? []).join(" or ") : "";
    };
    return called({ namespace: tag("namespace"), name: tag("service-account") });
  });
}

const autoscaler = (values: Plain) => ({
  type: release,
  inputs: { chart: "cluster-autoscaler", namespace: "kube-system", values },
});
const named = { rbac: { serviceAccount: { name: "cluster-autoscaler" } } };
const association = {
  type: podIdentity,
  inputs: { namespace: "kube-system", serviceAccount: "cluster-autoscaler", roleArn: "role" },
};

function roleFor(account: string) {
  const StringEquals = {
    "aws:RequestTag/kubernetes-namespace": "kube-system",
    "aws:RequestTag/kubernetes-service-account": account,
  };
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Condition: { StringEquals } };
  return { type: role, id: "role", inputs: { assumeRolePolicy: JSON.stringify({ Statement: [trust] }) } };
}

const volumes = (account: string) => ({
  type: addon,
  inputs: { addonName: "aws-ebs-csi-driver", podIdentityAssociations: [{ serviceAccount: account }] },
});

export const identityRules: readonly Rule[] = [
  overStack({
    id: "identity-has-account",
    controls: ["SA-03", "SA-04"],
    severity: "high",
    whatToDo:
      "name the account that an object or the values of a chart make: no pod gets this role otherwise",
    check: (stack) =>
      associations(stack)
        .filter((one) => !accounts(stack).some(same(one)))
        .map((one) => ({
          resource: one.resource,
          message: `serviceAccount: got ${called(one)}; allowed: ${accounts(stack).map(called).join(", ") || "an account of the stack"}`,
        })),
    pass: [association, autoscaler(named)],
    fail: [association, autoscaler({ rbac: { serviceAccount: { name: "autoscaler" } } })],
    // The chart then makes up a name from that of the release, or reads another key.
    missing: [association, autoscaler({ serviceAccount: { name: "cluster-autoscaler" } })],
  }),
  overStack({
    id: "account-has-identity",
    controls: ["SA-04"],
    severity: "high",
    whatToDo:
      "give the account one pod identity; a chart that is new needs its place in the values in the rule, and pods without AWS permissions a waiver",
    check: (stack) =>
      accounts(stack).flatMap((one) => {
        const count = associations(stack).filter(same(one)).length;
        if (count === 1) return [];
        const chart = text(one.resource.inputs.chart);
        const of =
          one.name === "" ? `no service account in the values of ${chart || "the chart"}` : called(one);
        return [
          { resource: one.resource, message: `${of}: got ${count} pod identities; allowed: exactly one` },
        ];
      }),
    pass: [association, autoscaler(named)],
    fail: [association, autoscaler({ rbac: { serviceAccount: { name: "autoscaler" } } })],
    missing: [autoscaler(named)],
  }),
  overStack({
    id: "addon-identity-of-its-account",
    controls: ["SA-04"],
    severity: "high",
    missingIs: "right",
    whatToDo: "name the account that the add-on brings",
    check: (stack) =>
      identitiesOfAddons(stack).flatMap(({ resource, name }) => {
        const addonName = text(resource.inputs.addonName);
        const wanted = addonAccounts[addonName];
        return name === wanted
          ? []
          : [
              {
                resource,
                message: `podIdentityAssociations: got ${show(name)}; allowed for ${addonName}: ${wanted ?? "none that the rule knows"}`,
              },
            ];
      }),
    pass: [volumes("ebs-csi-controller-sa")],
    fail: [volumes("ebs-csi-node-sa")],
    missing: [{ type: addon, inputs: { addonName: "coredns" } }],
  }),
  overStack({
    id: "identity-trusted-by-its-role",
    controls: ["IAM-12", "SA-04"],
    severity: "high",
    whatToDo: "write the same namespace and service account into the trust policy of the role",
    check: (stack) =>
      [...associations(stack), ...identitiesOfAddons(stack)].flatMap((one) => {
        const roles = stack.of(role).filter((other) => stack.linked(one.resource, one.roleProperty, other));
        const names = roles.flatMap(trusted);
        return names.length > 0 && names.every((name) => name === called(one))
          ? []
          : [
              {
                resource: one.resource,
                message: `${one.roleProperty}: got a role that trusts ${names.join(", ") || "nobody of this cluster"}; allowed: ${called(one)}`,
              },
            ];
      }),
    pass: [association, roleFor("cluster-autoscaler")],
    fail: [association, roleFor("external-secrets")],
    missing: [association],
  }),
];
