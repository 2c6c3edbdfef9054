/** A zone of an environment. The slot decides its addresses and never changes; the order of zones does not matter. */
export interface ZoneSlot {
  /** Zone id such as "use1-az1". Ids mean the same zone in every account; names ("us-east-1a") do not. */
  readonly id: string;
  /** 0 to 3. Give a new zone a free slot, so that no existing subnet moves. */
  readonly slot: number;
}

/**
 * How private subnets reach the internet. Partners that allow our source addresses need `single` or `per-zone`: we own
 * those addresses and they stay. With `regional` AWS chooses the addresses, and they change with the zones in use.
 */
type NatStrategy = "none" | "single" | "per-zone" | "regional";

/** AWS services that can be reached through an interface endpoint, named as in `com.amazonaws.<region>.<name>`. */
type InterfaceEndpointService =
  | "autoscaling"
  | "ec2"
  | "ec2messages"
  | "ecr.api"
  | "ecr.dkr"
  | "eks"
  | "eks-auth"
  | "elasticloadbalancing"
  | "kms"
  | "logs"
  | "secretsmanager"
  | "sqs"
  | "ssm"
  | "ssmmessages"
  | "sts";

/** What an environment decides about its network. */
export interface NetworkSettings {
  /** Address range, a /16 such as "10.30.0.0/16". Changing it replaces everything. */
  readonly cidr: string;
  /** Two to four zones. MSK and EKS refuse use1-az3. */
  readonly zones: readonly ZoneSlot[];
  readonly nat: NatStrategy;
  /** Empty where NAT is cheaper: an endpoint costs about 7.30 USD per month and zone. */
  readonly interfaceEndpoints: readonly InterfaceEndpointService[];
  /**
   * "ingress": this environment blocks connections from the internet for all networks of its account in its region. The
   * setting exists once per account and region, so the other environments there have "elsewhere". Deploy those first, and
   * exclude networks that others own in the account, so that all exclusions exist before the block.
   */
  readonly publicAccessBlock: "ingress" | "elsewhere";
  readonly flowLogs: {
    /** Longest time until a flow is written. */
    readonly aggregationSeconds: 60 | 600;
    readonly retentionDays: number;
  };
}

/** Whether this network owns the block of public access of its account and region. */
export function blocksPublicAccess({
  publicAccessBlock,
}: Pick<NetworkSettings, "publicAccessBlock">): boolean {
  return publicAccessBlock !== "elsewhere";
}
