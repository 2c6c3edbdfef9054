import {
  atLeast,
  between,
  custom,
  hardened,
  mismatch,
  oneOf,
  present,
  property,
  type Rule,
  record,
  text,
} from "../../kit/index.ts";

const target = "aws:lb/targetGroup:TargetGroup";

export const targetRules: readonly Rule[] = [
  ...(["path", "matcher"] as const).map((key) =>
    property({
      id: `target-health-${key}-stated`,
      controls: ["ALB-10"],
      severity: "medium",
      types: [target],
      path: `healthCheck.${key}`,
      when: ({ protocol }) => protocol !== "TCP" && protocol !== "TLS",
      is: present(key === "path" ? "/readyz" : "200"),
      whatToDo: "state when a target is healthy",
    }),
  ),
  ...(["healthyThreshold", "unhealthyThreshold"] as const).map((key) =>
    property({
      id: `target-health-${key === "healthyThreshold" ? "return" : "loss"}-stated`,
      controls: ["ALB-10"],
      severity: "medium",
      types: [target],
      path: `healthCheck.${key}`,
      is: atLeast(2),
      whatToDo: "state how many checks change the state",
    }),
  ),
  property({
    id: "target-encrypted",
    controls: ["ALB-11"],
    severity: "low",
    environments: hardened,
    types: [target],
    path: "protocol",
    is: oneOf("HTTPS", "TLS"),
    whatToDo:
      "encrypt the traffic to the pods, or keep the waiver: TLS ends at the load balancer, and Nitro instances encrypt the rest",
  }),
  property({
    id: "target-is-pod",
    controls: ["ALB-12"],
    severity: "medium",
    types: [target],
    path: "targetType",
    is: oneOf("ip"),
    whatToDo: "send to pods directly, not through nodes",
  }),
  property({
    id: "target-drains",
    controls: ["ALB-12"],
    severity: "medium",
    types: [target],
    path: "deregistrationDelay",
    is: between(30, 120),
    whatToDo: "give requests 30 to 120 seconds to finish, and pods at least as long to stop",
  }),
  custom({
    id: "target-speaks-grpc",
    controls: ["ALB-16"],
    severity: "medium",
    types: [target],
    whatToDo: 'state protocolVersion; a GRPC target is healthy with status "0"',
    check: ({ protocol, protocolVersion, healthCheck }) => {
      if (protocol === "TCP" || protocol === "TLS") return [];
      if (!["GRPC", "HTTP1", "HTTP2"].includes(text(protocolVersion))) {
        return [mismatch("protocolVersion", protocolVersion, "GRPC, HTTP1 or HTTP2")];
      }
      const { matcher } = record(healthCheck);
      return protocolVersion === "GRPC" && text(matcher) !== "0"
        ? [mismatch("healthCheck.matcher", matcher, '"0"')]
        : [];
    },
    pass: { protocol: "HTTP", protocolVersion: "GRPC", healthCheck: { matcher: "0" } },
    fail: { protocol: "HTTP", protocolVersion: "GRPC", healthCheck: { matcher: "200" } },
  }),
];
