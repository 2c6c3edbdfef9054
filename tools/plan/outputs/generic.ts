import { nameOf, type OutputContext } from "./table.ts";

/** Types whose resource part of the ARN does not follow from the type token. */
const kinds: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "role",
  "aws:iam/policy:Policy": "policy",
};

/** Outputs that most providers return: name, ARN and tags, computed from type, name and inputs. */
export function genericOutputs(r: OutputContext): Record<string, unknown> {
  if (r.type.startsWith("aws:")) return awsOutputs(r);
  if (r.type.startsWith("kubernetes:")) return { ...r.inputs };
  return {};
}

function awsOutputs(r: OutputContext): Record<string, unknown> {
  const [, module = "", kind = ""] = /^aws:([^/]+)\/([^:]+):/.exec(r.type) ?? [];
  const global = module === "iam";
  const name = nameOf(r);
  const path = global && typeof r.inputs.path === "string" ? r.inputs.path : "/";
  const resource = `${kinds[r.type] ?? kind.toLowerCase()}${path}${global ? name : r.id}`;
  return {
    name,
    arn: global ? `arn:aws:${module}::${r.accountId}:${resource}` : r.arn(module, resource),
    tagsAll: r.inputs.tags ?? {},
    region: r.region,
  };
}

const prefixes: Readonly<Record<string, string>> = {
  "aws:ec2/vpc:Vpc": "vpc",
  "aws:ec2/subnet:Subnet": "subnet",
  "aws:ec2/securityGroup:SecurityGroup": "sg",
  "aws:ec2/routeTable:RouteTable": "rtb",
  "aws:ec2/internetGateway:InternetGateway": "igw",
  "aws:ec2/natGateway:NatGateway": "nat",
  "aws:ec2/launchTemplate:LaunchTemplate": "lt",
  "aws:ec2/eip:Eip": "eipalloc",
};

/** Types whose id is their name. */
const named = new Set([
  "aws:iam/role:Role",
  "aws:cloudwatch/logGroup:LogGroup",
  "aws:s3/bucket:Bucket",
  "aws:rds/parameterGroup:ParameterGroup",
  "aws:rds/subnetGroup:SubnetGroup",
  "aws:elasticache/subnetGroup:SubnetGroup",
  "aws:elasticache/parameterGroup:ParameterGroup",
]);

/** A deterministic id in the format of the service. */
export function genericId(type: string, name: string, hash: string, inputs: Record<string, unknown>): string {
  if (type.startsWith("kubernetes:")) return kubernetesId(name, inputs);
  if (type.startsWith("pulumi:providers:")) return `${name}-${hash}`;
  if (named.has(type)) return typeof inputs.name === "string" ? inputs.name : `${name}-${hash.slice(0, 7)}`;
  const prefix = prefixes[type];
  return prefix ? `${prefix}-0${hash}${hash}` : `${name}-${hash}`;
}

function kubernetesId(name: string, inputs: Record<string, unknown>): string {
  const metadata = (inputs.metadata ?? {}) as { name?: string; namespace?: string };
  const own = metadata.name ?? name;
  return metadata.namespace ? `${metadata.namespace}/${own}` : own;
}
