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
  const child = controlPlaneOf(component, resources);
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
  const kubeconfig = kubeconfigOf(controlPlane);
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

/** The resources that each output comes from. The plugin sends them with its outputs, and a dependent waits for them too. */
export function outputDependencies(
  component: PlannedResource,
  resources: readonly PlannedResource[],
): Record<string, readonly string[]> {
  const child = controlPlaneOf(component, resources);
  if (child === undefined) return {};
  return Object.fromEntries([...names, "eksCluster"].map((name) => [name, [child.urn]]));
}

function controlPlaneOf(
  component: PlannedResource,
  resources: readonly PlannedResource[],
): PlannedResource | undefined {
  return resources.find(({ parent, type }) => parent === component.urn && type === "aws:eks/cluster:Cluster");
}

/** The kubeconfig of the plugin: it gets credentials from the AWS CLI and uses no profile. */
export function kubeconfigOf(controlPlane: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { name, region, endpoint, certificateAuthority } = controlPlane;
  const args = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"];
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args,
    env: [{ name: "KUBERNETES_EXEC_INFO", value: '{"apiVersion": "client.authentication.k8s.io/v1beta1"}' }],
  };
  const certificate = (certificateAuthority as { readonly data: string }).data;
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
