import { expect, test } from "vitest";
import { maxPodsPerNode, nodeUserData } from "./node-user-data.ts";

test("user data sets the pods of a node and is a whole MIME message", () => {
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
