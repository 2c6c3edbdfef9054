import { expect, test } from "vitest";
import { names, planNetwork, zoneIds } from "./test/network.fixture.ts";

const exclusionType = "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
const blockType = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";

test("every public subnet and no other is excluded from a block of public access, whichever environment owns the block", async () => {
  for (const publicAccessBlock of ["ingress", "elsewhere"] as const) {
    const plan = await planNetwork({ settings: { publicAccessBlock } });
    expect(plan.all(exclusionType).map(({ inputs }) => inputs)).toEqual(
      zoneIds.map((zone) => ({
        subnetId: plan.one("aws:ec2/subnet:Subnet", `main-public-${zone}`).id,
        internetGatewayExclusionMode: "allow-bidirectional",
        tags: { Name: `main-public-${zone}` },
      })),
    );
  }
});

test("only the owner makes the block of the region, for incoming connections, after every exclusion", async () => {
  expect(names(await planNetwork(), blockType)).toEqual([]);
  const plan = await planNetwork({ settings: { publicAccessBlock: "ingress" } });
  const block = plan.one(blockType);
  expect(block.inputs).toEqual({ internetGatewayBlockMode: "block-ingress" });
  const before = plan.all(exclusionType).map(({ urn }) => urn);
  expect(before).toHaveLength(3);
  expect(block.options.dependencies).toEqual(expect.arrayContaining(before));
});
