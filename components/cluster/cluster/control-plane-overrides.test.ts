import type * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { controlPlaneOverrides } from "./control-plane-overrides.ts";

test("the overrides change the control plane of their own component only", async () => {
  const transform = controlPlaneOverrides({ component: "main", zonalShift: true, protect: true });
  const run = (type: string, name: string) =>
    transform({
      custom: true,
      type,
      name,
      props: { version: "1.36" },
      opts: {},
    } as pulumi.ResourceTransformArgs);
  expect(await run("aws:eks/cluster:Cluster", "main-eksCluster")).toEqual({
    props: {
      version: "1.36",
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      zonalShiftConfig: { enabled: true },
    },
    opts: { protect: true, customTimeouts: { create: "30m", update: "90m", delete: "30m" } },
  });
  expect(await run("aws:eks/cluster:Cluster", "other-eksCluster")).toBeUndefined();
  expect(await run("aws:eks/addon:Addon", "main-eksCluster")).toBeUndefined();
});
