import { yamlText } from "../../base/core/index.ts";

/**
 * The most pods of a node. Kubernetes is tested for 110. With prefix delegation, addresses are not the limit; the limit
 * by network interfaces (29 on an m7g.large) would waste most of the node.
 */
export const maxPodsPerNode = 110;

/**
 * User data of an AL2023 node, as text and not base64: one NodeConfig part. EKS merges it with its own part (name,
 * endpoint and certificate of the cluster).
 */
export function nodeUserData(): string {
  return [
    "MIME-Version: 1.0",
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    "Content-Type: application/node.eks.aws",
    "",
    "---",
    yamlText({
      apiVersion: "node.eks.aws/v1alpha1",
      kind: "NodeConfig",
      spec: { kubelet: { config: { maxPods: maxPodsPerNode } } },
    }),
    "--//--",
    "",
  ].join("\n");
}
