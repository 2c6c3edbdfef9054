import { group, list, mostDays, number, type Settings, text, word } from "../../base/core/settings.ts";

/** A zone of an environment. The slot decides its addresses and never changes; the order of zones does not matter. */
const zoneSlot = group({
  /** Zone id such as "use1-az1". Ids mean the same zone in every account; names ("us-east-1a") do not. */
  id: text("use1-az1"),
  /** 0 to 3. Give a new zone a free slot, so that no existing subnet moves. */
  slot: number(),
});

export type ZoneSlot = Settings<typeof zoneSlot>;

/** AWS services that can be reached through an interface endpoint, named as in `com.amazonaws.<region>.<name>`. */
const interfaceEndpointServices = [
  "autoscaling",
  "ec2",
  "ec2messages",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticloadbalancing",
  "kms",
  "logs",
  "secretsmanager",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
] as const;

/** What an environment decides about its network. */
export const networkSettings = group({
  /** Address range, a /16 such as "10.30.0.0/16". Changing it replaces everything. */
  cidr: text("10.30.0.0/16"),
  /** Two to four zones. MSK and EKS refuse use1-az3. */
  zones: list(zoneSlot),
  /**
   * How private subnets reach the internet. Partners that allow our source addresses need `single` or `per-zone`: we own
   * those addresses and they stay. With `regional` AWS chooses the addresses, and they change with the zones in use.
   */
  nat: word("none", "single", "per-zone", "regional"),
  /** Empty where NAT is cheaper: an endpoint costs about 7.30 USD per month and zone. */
  interfaceEndpoints: list(word(...interfaceEndpointServices)),
  /**
   * "ingress": this environment blocks connections from the internet for all networks of its account in its region. The
   * setting exists once per account and region, so the other environments there have "elsewhere". Deploy those first, and
   * exclude networks that others own in the account, so that all exclusions exist before the block.
   */
  publicAccessBlock: word("ingress", "elsewhere"),
  flowLogs: group({
    /** Longest time until a flow is written. EC2 accepts only these two (API reference, CreateFlowLogs). */
    aggregationSeconds: word(60, 600),
    retentionDays: number({ most: mostDays }),
  }),
});

export type NetworkSettings = Settings<typeof networkSettings>;

/** Whether this network owns the block of public access of its account and region. */
export function blocksPublicAccess({
  publicAccessBlock,
}: Pick<NetworkSettings, "publicAccessBlock">): boolean {
  return publicAccessBlock !== "elsewhere";
}
