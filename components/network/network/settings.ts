/** A zone an environment uses. The slot decides its addresses and is for ever; order does not matter. */
export interface ZoneSlot {
  /** Zone id such as "use1-az1". Ids mean the same place in every account; names ("us-east-1a") do not. */
  readonly id: string;
  /** 0 to 3. A new zone takes a free slot, so nothing that exists moves. */
  readonly slot: number;
}

/**
 * How private subnets reach the internet. Partners that admit us by address need `single` or `per-zone`, whose addresses
 * are ours and stay; those of `regional` are of AWS's choice, and come and go with the zones in use.
 */
export type NatStrategy = "none" | "single" | "per-zone" | "regional";

/** AWS services that may be reached by an interface endpoint, named as in `com.amazonaws.<region>.<name>`. */
export type InterfaceEndpointService =
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
  /** Empty where NAT is cheaper: an endpoint costs about 7.30 USD a month per zone. */
  readonly interfaceEndpoints: readonly InterfaceEndpointService[];
  /**
   * Whether this environment blocks the internet for all networks of its account in its region. The setting exists once
   * there, so one environment has "ingress" and those beside it "elsewhere"; they must have been deployed before, with
   * their exclusions, and networks of others in the account must have theirs.
   */
  readonly publicAccessBlock: "ingress" | "elsewhere";
  readonly flowLogs: {
    /** Longest wait before a flow is written. */
    readonly aggregationSeconds: 60 | 600;
    readonly retentionDays: number;
  };
}
