/**
 * Pods a node may run. With prefix delegation addresses are no longer the limit, and 110 is what Kubernetes itself is
 * tested for; the limit that follows from network interfaces (29 on an m7g.large) would waste most of the node.
 */
export const maxPodsPerNode = 110;

/**
 * User data of an AL2023 node: one NodeConfig part, which EKS merges with its own (name, endpoint and certificate of
 * the cluster). Text, not base64.
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
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPodsPerNode}`,
    "",
    "--//--",
    "",
  ].join("\n");
}
