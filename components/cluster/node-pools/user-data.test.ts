import { expect, test } from "vitest";
import { maxPodsPerNode, nodeUserData } from "./user-data.ts";

test("user data is a complete MIME message that sets the number of pods", () => {
  expect(nodeUserData()).toMatchInlineSnapshot(`
    "MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary="//"

    --//
    Content-Type: application/node.eks.aws

    ---
    apiVersion: node.eks.aws/v1alpha1
    kind: NodeConfig
    spec:
      kubelet:
        config:
          maxPods: 110

    --//--
    "
  `);
  expect(maxPodsPerNode).toBe(110);
});
