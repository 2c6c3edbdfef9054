import type { Problem } from "../../base/core/index.ts";
import type { AddonVersions } from "../eks-addons/index.ts";

/** Everything that changes together with a Kubernetes minor. */
export interface KubernetesVersion {
  /** First day without standard support, in UTC. */
  readonly standardSupportEnds: string;
  /** Release of the AL2023 image of nodes; one number for both architectures. */
  readonly nodeRelease: string;
  readonly addons: AddonVersions;
}

/**
 * The minors that may run. One row is one tested combination: a minor never changes without its add-ons.
 *
 * Support dates: endoflife.date, products/amazon-eks, read 2026-08-22. Add-ons and images: the newest build that at
 * least one public repository reports from `aws eks describe-addon-versions` or from a running cluster of that minor,
 * read 2026-11-24. No build has been checked against the live catalogue. Before the first deploy, run
 * `aws eks describe-addon-versions --kubernetes-version <minor> --addon-name <name>` for each add-on.
 */
export const kubernetesVersions: Readonly<Record<string, KubernetesVersion>> = {
  "1.36": {
    standardSupportEnds: "2027-08-02",
    nodeRelease: "1.36.4-20260930",
    addons: {
      // The default build of 1.36. 1.23 exists; it waits until its network policy agent has run in dev for a while.
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.36.0-eksbuild.25",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      coredns: "v1.14.3-eksbuild.23",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.11",
      // Seen on 1.35 only; the agent does not follow the minor.
      "eks-node-monitoring-agent": "v1.6.4-eksbuild.1",
    },
  },
  "1.35": {
    standardSupportEnds: "2027-03-27",
    nodeRelease: "1.35.8-20260930",
    addons: {
      "vpc-cni": "v1.22.4-eksbuild.3",
      "kube-proxy": "v1.35.3-eksbuild.29",
      "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
      coredns: "v1.13.2-eksbuild.31",
      "aws-ebs-csi-driver": "v1.66.0-eksbuild.1",
      "metrics-server": "v0.9.0-eksbuild.11",
      "eks-node-monitoring-agent": "v1.6.4-eksbuild.1",
    },
  },
};

/** Two months: one to run the next minor in dev and staging, and one as a reserve for prod. */
const upgradeNoticeDays = 60;

const millisecondsPerDay = 86_400_000;

/**
 * Minors whose standard support has ended or ends within {@link upgradeNoticeDays}.
 *
 * `today` is an argument and never read from the clock, so that a plan does not depend on the day; the tests pass the
 * real day. AWS upgrades an expired minor by itself, because `upgradePolicy` is STANDARD.
 */
export function supportProblems(versions: Iterable<string>, today: Date): Problem[] {
  const problems: Problem[] = [];
  for (const version of new Set(versions)) {
    const known = kubernetesVersions[version];
    if (known === undefined) continue;
    const daysLeft = Math.floor(
      (Date.parse(known.standardSupportEnds) - today.getTime()) / millisecondsPerDay,
    );
    if (daysLeft >= upgradeNoticeDays) continue;
    problems.push({
      argument: "version",
      given: `"${version}", ${daysLeft} days before its standard support ends on ${known.standardSupportEnds}`,
      allowed: `a minor with ${upgradeNoticeDays} days or more of standard support`,
      fix: "add the next minor with all its add-ons to components/cluster/cluster/versions.ts and upgrade dev first",
    });
  }
  return problems;
}

/** The row of a minor. `checkClusterSettings` has refused every other minor before. */
export function kubernetesVersion(version: string): KubernetesVersion {
  const known = kubernetesVersions[version];
  if (known === undefined) throw new Error(`no Kubernetes minor "${version}" in the version table`);
  return known;
}
