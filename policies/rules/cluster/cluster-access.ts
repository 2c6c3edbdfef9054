import { custom, type Rule, record, show, text, texts } from "../../kit/index.ts";

const accessEntry = "aws:eks/accessEntry:AccessEntry";
const accessPolicy = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

export const clusterAccessRules: readonly Rule[] = [
  custom({
    id: "access-entry-not-masters",
    controls: ["EKS-18"],
    severity: "high",
    types: [accessEntry],
    missingIs: "right",
    whatToDo: "use an access policy: members of that group cannot be limited or removed",
    check: ({ kubernetesGroups }) =>
      texts(kubernetesGroups)
        .filter((group) => group.startsWith("system:"))
        .map((group) => `kubernetesGroups: got "${group}"; allowed: groups of our own`),
    pass: { kubernetesGroups: ["viewers"] },
    fail: { kubernetesGroups: ["system:masters"] },
  }),
  custom({
    id: "access-policy-scoped",
    controls: ["EKS-18"],
    severity: "high",
    types: [accessPolicy],
    missingIs: "right",
    whatToDo:
      "limit it to namespaces; only the roles named break-glass, operator and deploy administer the cluster",
    check: ({ policyArn, principalArn, accessScope }) => {
      const everywhere = text(record(accessScope).type) === "cluster";
      const mighty = /AmazonEKS(Cluster)?AdminPolicy$/.test(text(policyArn));
      const known = /(break-?glass|operator|deploy)/i.test(text(principalArn));
      return everywhere && mighty && !known
        ? [`accessScope: got the cluster for ${show(principalArn)}; allowed: namespaces`]
        : [];
    },
    pass: {
      policyArn: "x/AmazonEKSAdminPolicy",
      principalArn: "role/team",
      accessScope: { type: "namespace" },
    },
    fail: {
      policyArn: "x/AmazonEKSClusterAdminPolicy",
      principalArn: "role/team",
      accessScope: { type: "cluster" },
    },
  }),
];
