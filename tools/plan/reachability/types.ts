/** `unknown`: something outside of the plan decides. */
export type Verdict = "allowed" | "denied" | "unknown";

/**
 * `every`: each address of one end must reach each address of the other, as a path that must exist needs it. `any`: one
 * address that reaches one other is enough, as for a path that must not exist.
 */
export type Ask = "every" | "any";

/** One thing that a connection passes, with the rule that decides there. */
export interface Gate {
  readonly verdict: Verdict;
  readonly rule: string;
}

export interface Subnet {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  /** Whether instances get a public address by themselves. */
  readonly publicAddresses: boolean;
}

/** A group of equal pods, as network policies see them. */
export interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, unknown>>;
}

/** The policy of a VPC endpoint, and the route tables that lead to it, for an endpoint without interfaces. */
export interface Endpoint {
  readonly name: string;
  readonly policy: string;
  readonly tables: readonly string[];
}

/** Network interfaces in subnets of the plan. */
export interface Inside {
  readonly where: "inside";
  readonly name: string;
  readonly subnets: readonly Subnet[];
  /** Ids of security groups. */
  readonly groups: readonly string[];
  readonly pod?: Pod;
  /** Reached from the internet by an address of its own. @default false */
  readonly publicAddress?: boolean;
  /** A second address, of a Kubernetes Service: policies on egress see it before it is translated. */
  readonly serviceAddress?: string;
  /** Interfaces of an endpoint. */
  readonly endpoint?: Endpoint;
}

/** Addresses of the internet. */
export interface Internet {
  readonly where: "internet";
  readonly name: string;
  readonly cidr: string;
  /** Prefix list of AWS that has exactly these addresses. */
  readonly prefixList?: string;
  /** Endpoints that the route tables may have for these addresses. */
  readonly endpoints?: readonly Endpoint[];
}

/** A network or a security group that is not in the plan. */
export interface Connected {
  readonly where: "connected";
  readonly name: string;
  /** Private addresses, or else a security group. */
  readonly cidr?: string;
  readonly group?: string;
}

/** An address that neither security groups nor access lists see. One setting decides about it. */
export interface Fixed {
  readonly where: "fixed";
  readonly name: string;
  readonly address: string;
  readonly gate: Gate;
}

export type Place = Inside | Internet | Connected | Fixed;

/** A call of AWS that passes an endpoint, for its policy. */
export interface AwsRequest {
  readonly action: string;
  readonly resource: string;
  /** Account of the caller; none for a request without credentials of ours. */
  readonly account?: string;
}

export interface Flow {
  readonly from: Place;
  readonly to: Place;
  readonly port: number;
  /** @default "tcp" */
  readonly protocol?: "tcp" | "udp";
  readonly ask: Ask;
  readonly request?: AwsRequest;
}

/** The verdict on a flow and the rules that decide it: the one that denies, or all that allow. */
export type Answer = Gate;

/** A path that must exist, or must not. */
export interface Expectation {
  readonly must: "reach" | "not reach";
  /** What travels, such as "a metric". */
  readonly what: string;
  readonly flow: Flow;
  /** Why nothing in the plan can decide it. An unknown verdict is accepted then. */
  readonly outside?: string;
}

export interface Finding extends Expectation {
  readonly answer: Answer;
  readonly holds: boolean;
}
