import { expect, test } from "vitest";
import type { PlannedResource } from "../../model/index.ts";
import type { Model } from "../model.ts";
import type { Ask, Inside, Pod } from "../types.ts";
import { endpointGate } from "./endpoint-policy.ts";
import { judge } from "./index.ts";
import { policyGate } from "./network-policies.ts";

/** A model with these resources: type → inputs, named by their place in the list. */
function modelOf(given: Readonly<Record<string, readonly object[]>>): Model {
  return {
    all: (type) =>
      (given[type.split(":").at(-1) ?? ""] ?? []).map(
        (inputs, at) =>
          ({ type, name: `rule-${at}`, id: `id-${at}`, inputs, outputs: {} }) as unknown as PlannedResource,
      ),
    subnets: () => [],
    nameOf: (id) => id,
    config: () => undefined,
    region: "us-east-1",
    accountId: "111111111111",
  };
}

const pod: Pod = { namespace: "tasks", labels: { app: "api" } };

const policy = (rule: object, selector: object = {}) => ({
  metadata: { namespace: "tasks" },
  spec: { podSelector: selector, policyTypes: ["Egress"], egress: [rule] },
});

const to = (cidr: string, except?: readonly string[]) => ({
  to: [{ ipBlock: { cidr, ...(except ? { except } : {}) } }],
  ports: [{ protocol: "TCP", port: 443 }],
});

function egress(rule: object, cidr: string, ask: Ask, port = 443) {
  const model = modelOf({ NetworkPolicy: [policy(rule)] });
  return policyGate(model, "Egress", pod, { name: "target", cidr }, { port, protocol: "tcp", ask }).verdict;
}

const outside = to("0.0.0.0/0", ["10.0.0.0/8"]);

test.each<[string, object, string, Ask, string]>([
  ["a block around the target", to("10.0.0.0/16"), "10.0.1.0/24", "every", "allowed"],
  ["a block of a part of the target", to("10.0.1.0/28"), "10.0.1.0/24", "every", "denied"],
  ["a block of a part of the target", to("10.0.1.0/28"), "10.0.1.0/24", "any", "allowed"],
  ["an exception around the target", outside, "10.0.1.0/24", "any", "denied"],
  [
    "an exception that is a part of the target",
    to("10.0.0.0/16", ["10.0.1.0/28"]),
    "10.0.1.0/24",
    "every",
    "denied",
  ],
  [
    "an exception that is a part of the target",
    to("10.0.0.0/16", ["10.0.1.0/28"]),
    "10.0.1.0/24",
    "any",
    "allowed",
  ],
  ["everything but private ranges", outside, "0.0.0.0/0", "every", "allowed"],
  [
    "an address of the node, which is not the internet",
    to("169.254.170.23/32"),
    "0.0.0.0/0",
    "any",
    "denied",
  ],
  ["another port", { ...outside, ports: [{ protocol: "TCP", port: 80 }] }, "0.0.0.0/0", "any", "denied"],
  ["another protocol", { ...outside, ports: [{ protocol: "UDP", port: 443 }] }, "0.0.0.0/0", "any", "denied"],
  [
    "no peers, which is every peer",
    { ports: [{ protocol: "TCP", port: 443 }] },
    "10.0.1.0/24",
    "every",
    "allowed",
  ],
])("a policy with %s: %j to %s for %s address is %s", (_, rule, cidr, ask, verdict) => {
  expect(egress(rule, cidr, ask)).toBe(verdict);
});

test("without a policy for the pod in this direction everything is allowed, and other pods do not matter", () => {
  const others = modelOf({ NetworkPolicy: [policy(to("10.0.0.0/16"), { matchLabels: { app: "relay" } })] });
  const flow = { port: 5432, protocol: "tcp", ask: "every" } as const;
  const peer = { name: "target", cidr: "10.9.0.0/24" };
  expect(policyGate(others, "Egress", pod, peer, flow).verdict).toBe("allowed");
  expect(policyGate(modelOf({ NetworkPolicy: [policy({})] }), "Ingress", pod, peer, flow).verdict).toBe(
    "allowed",
  );
});

test("a selector that is not read stops the judgement instead of being guessed", () => {
  const odd = modelOf({ NetworkPolicy: [policy({}, { matchExpressions: [] })] });
  const flow = { port: 443, protocol: "tcp", ask: "any" } as const;
  expect(() => policyGate(odd, "Egress", pod, { name: "target", cidr: "10.0.0.0/24" }, flow)).toThrow(
    "selector matchExpressions: reachability reads matchLabels only",
  );
});

const statement = (more: object) => ({ Sid: "One", Effect: "Allow", Action: "s3:*", Resource: "*", ...more });
const own = { Condition: { StringEquals: { "aws:PrincipalAccount": "111111111111" } } };

test.each<[string, readonly object[], string]>([
  ["its action", [statement({ Action: "s3:GetObject" })], "allowed"],
  ["another action", [statement({ Action: "s3:PutObject" })], "denied"],
  ["its resource by a pattern", [statement({ Resource: "arn:aws:s3:::layers/*" })], "allowed"],
  ["another resource", [statement({ Resource: "arn:aws:s3:::layers-of-others/*" })], "denied"],
  ["the account of the caller", [statement(own)], "allowed"],
  [
    "a condition that is not read",
    [statement({ Condition: { Bool: { "aws:SecureTransport": "true" } } })],
    "unknown",
  ],
  ["a denial beside", [statement({}), statement({ Effect: "Deny" })], "denied"],
  ["no statement", [], "denied"],
])("an endpoint whose policy has %s: %j is %s", (_, Statement, verdict) => {
  const endpoint = { name: "s3", policy: JSON.stringify({ Statement }), tables: [] };
  const request = { action: "s3:GetObject", resource: "arn:aws:s3:::layers/1", account: "111111111111" };
  expect(endpointGate(endpoint, request).verdict).toBe(verdict);
});

const subnet = (at: number) => ({
  id: `s${at}`,
  name: `s${at}`,
  cidr: `10.0.${at}.0/24`,
  publicAddresses: false,
});
const place = (name: string, at: number, group: string): Inside => ({
  where: "inside",
  name,
  subnets: [subnet(at)],
  groups: [group],
});

/** From s1 to s2 on 443, with these access lists on s2. */
function listed(rules: { readonly ingress?: readonly object[]; readonly egress?: readonly object[] }) {
  const all = { ruleNo: 200, action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" };
  const open = { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" };
  const model = modelOf({
    NetworkAcl: [
      { subnetIds: ["s1"], ingress: [all], egress: [all] },
      { subnetIds: ["s2"], ingress: [...(rules.ingress ?? []), all], egress: [...(rules.egress ?? []), all] },
    ],
    SecurityGroupEgressRule: [{ securityGroupId: "a", ...open }],
    SecurityGroupIngressRule: [{ securityGroupId: "b", ...open }],
  });
  return judge(model, { from: place("from", 1, "a"), to: place("to", 2, "b"), port: 443, ask: "every" });
}

test("access lists are stateless and their first fitting rule decides", () => {
  const no = { action: "deny", protocol: "tcp", cidrBlock: "10.0.1.0/28" };
  expect(listed({}).verdict).toBe("allowed");
  expect(listed({ ingress: [{ ...no, ruleNo: 100, fromPort: 443, toPort: 443 }] }).rule).toBe(
    "access list rule-1: no ingress for 10.0.1.0/24 on 443",
  );
  // The answer goes to a port of the client.
  expect(listed({ egress: [{ ...no, ruleNo: 100, fromPort: 1024, toPort: 65535 }] }).verdict).toBe("denied");
  expect(listed({ ingress: [{ ...no, ruleNo: 300, fromPort: 443, toPort: 443 }] }).verdict).toBe("allowed");
  expect(listed({ ingress: [{ ...no, ruleNo: 100, fromPort: 22, toPort: 22 }] }).verdict).toBe("allowed");
});

test("an end without a subnet is refused, because no rule was read", () => {
  const nowhere: Inside = { where: "inside", name: "nowhere", subnets: [], groups: [] };
  const flow = { from: nowhere, to: place("to", 2, "b"), port: 443, ask: "any" } as const;
  expect(() => judge(modelOf({}), flow)).toThrow("nowhere or to has no subnet in the plan");
});
