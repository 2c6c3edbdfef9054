import type { PlanMode, PlannedResource } from "../model/index.ts";
import { reference, unknown } from "../protocol/index.ts";

/** Outputs that the plugin always sets. */
const names = ["kubeconfig", "kubeconfigJson", "clusterSecurityGroupId", "oidcIssuer", "oidcProviderUrl"];

/** Outputs of the component, from its control plane. In a preview only the reference to the control plane is known. */
export function clusterOutputs(
  component: PlannedResource,
  resources: readonly PlannedResource[],
  mode: PlanMode,
): Record<string, unknown> {
  const child = resources.find(
    (resource) => resource.parent === component.urn && resource.type === "aws:eks/cluster:Cluster",
  );
  const eksCluster = child ? reference(child.urn, child.id) : unknown;
  if (mode === "preview" || child === undefined)
    return { ...Object.fromEntries(names.map((name) => [name, unknown])), eksCluster };
  const controlPlane = child.outputs;
  const { identities, vpcConfig } = controlPlane as {
    readonly identities: readonly [{ readonly oidcs: readonly [{ readonly issuer: string }] }];
    readonly vpcConfig: {
      readonly clusterSecurityGroupId: string;
      readonly securityGroupIds?: readonly string[];
    };
  };
  const url = identities[0].oidcs[0].issuer;
  const { name, region, endpoint, certificateAuthority } = controlPlane;
  const { data: certificate } = certificateAuthority as { readonly data: string };
  const kubeconfig = kubeconfigOf({ cluster: name, region, endpoint, certificate });
  return {
    kubeconfig,
    kubeconfigJson: JSON.stringify(kubeconfig),
    oidcIssuer: url.replace("https://", ""),
    oidcProviderUrl: url,
    // A given security group wins over the one that EKS creates.
    clusterSecurityGroupId: vpcConfig.securityGroupIds?.[0] ?? vpcConfig.clusterSecurityGroupId,
    eksCluster,
  };
}

/** What a kubeconfig says about a cluster. */
interface KubeconfigParts {
  readonly cluster: unknown;
  readonly region: unknown;
  readonly endpoint: unknown;
  readonly certificate: unknown;
}

/** The kubeconfig of the plugin: it gets credentials from the AWS CLI and uses no profile. */
export function kubeconfigOf(parts: KubeconfigParts): Record<string, unknown> {
  const { cluster, region, endpoint, certificate } = parts;
  const args = ["--region", region, "eks", "get-token", "--cluster-name", cluster, "--output", "json"];
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args,
    env: [{ name: "KUBERNETES_EXEC_INFO", value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' }],
  };
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "kubernetes", cluster: { server: endpoint, "certificate-authority-data": certificate } },
    ],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    "current-context": "aws",
    users: [{ name: "aws", user: { exec } }],
  };
}
