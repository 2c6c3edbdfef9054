/** Without these add-ons a node does not become ready, or gives its first pods addresses of the wrong kind. */
export const earlyAddons = ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"] as const;

/** The pods of these add-ons need a node. Without one they stay pending, and EKS reports the add-on as degraded. */
export const lateAddons = [
  "aws-ebs-csi-driver",
  "coredns",
  "eks-node-monitoring-agent",
  "metrics-server",
] as const;

/** Add-ons of every cluster, by the names of the EKS catalogue. */
export const addonNames = [...earlyAddons, ...lateAddons] as const;

export type AddonName = (typeof addonNames)[number];

/** One exact build of every add-on. */
export type AddonVersions = Readonly<Record<AddonName, string>>;
