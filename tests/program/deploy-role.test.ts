import { expect, test } from "vitest";
import {
  type Area,
  type Choice,
  choiceActions,
  linkedRoles,
  roleActions,
  typesOf,
} from "../../components/delivery/deploy-permissions/index.ts";
import { pipelineRolePath } from "../../components/delivery/pipeline-roles/index.ts";
import { readActions, topicReads } from "../../components/delivery/read-permissions/index.ts";
import { physicalNames } from "../../infra/names.ts";
import { program } from "../../infra/program.ts";
import { type EnvironmentName, type EnvironmentSpecs, specs } from "../../stacks/index.ts";
import { type Plan, type PlannedResource, planProgram } from "../../tools/plan/index.ts";
import { withCopies } from "./other-specs.ts";
import { allows, type Request, type Statement, statementsOfRole } from "./permissions.ts";
import { configOf, environments, planOf } from "./plan-of.ts";

const { staging, prod } = specs;
const choices = Object.keys(choiceActions) as Choice[];
const table: Readonly<Record<string, readonly string[]>> = {
  ...Object.assign({}, ...Object.values(typesOf(choices))),
  ...roleActions,
};

/** Settings that no spec has today and that make types that no spec makes. */
const settings: Readonly<
  Record<string, { readonly stack: EnvironmentName; readonly specs: EnvironmentSpecs }>
> = {
  'staging with issuer.threatProtection "enforced"': {
    stack: "staging",
    specs: {
      ...specs,
      staging: {
        ...staging,
        issuer:
          staging.issuer === "external" ? "external" : { ...staging.issuer, threatProtection: "enforced" },
      },
    },
  },
  'prod with kafka.replication "source"': { stack: "prod", specs: withCopies },
  'dr with kafka.replication "copy"': { stack: "dr", specs: withCopies },
  'prod with firewall.shield "advanced" and firewall.exemptCidrs': {
    stack: "prod",
    specs: {
      ...specs,
      prod: { ...prod, firewall: { ...prod.firewall, shield: "advanced", exemptCidrs: ["203.0.113.0/24"] } },
    },
  },
  'staging with postgres.masterPassword "own"': {
    stack: "staging",
    specs: { ...specs, staging: { ...staging, postgres: { ...staging.postgres, masterPassword: "own" } } },
  },
};

const copied = {
  "task-platform:kafkaSourceClusterArn": `arn:aws:kafka:us-east-1:${configOf("dr")["task-platform:accountId"] ?? ""}:cluster/events/11111111-2222-3333-4444-555555555555-6`,
  "task-platform:kafkaSourceSubnetIds":
    '["subnet-0aaaaaaaaaaaaaaa1","subnet-0aaaaaaaaaaaaaaa2","subnet-0aaaaaaaaaaaaaaa3"]',
};

const made = new Map<string, Promise<Plan>>();

/** The plan of a spec, or of a spec with a setting of the list above. */
function planFor(title: string): Promise<Plan> {
  const setting = settings[title];
  if (setting === undefined) return planOf(title as EnvironmentName);
  const config = setting.specs === withCopies && setting.stack === "dr" ? copied : {};
  const plan =
    made.get(title) ??
    planProgram(() => program(setting.specs), {
      stack: setting.stack,
      config: { ...configOf(setting.stack), "task-platform:allowExampleValues": "true", ...config },
    });
  made.set(title, plan);
  return plan;
}

const everyPlan = [...environments, ...Object.keys(settings)];

/** Global services: for IAM their region is us-east-1, wherever the caller is. */
const global = new Set(["budgets", "ce", "cloudfront", "iam", "route53", "shield"]);

/** People create these, because the deploy role must not be able to change them. */
const ofThePipeline = ({ type, inputs, name }: PlannedResource): boolean =>
  inputs.path === pipelineRolePath || (type.startsWith("aws:iam/") && name.startsWith("github-"));

/** AWS resources that a deploy creates. */
function madeBy(plan: Plan): readonly PlannedResource[] {
  return plan.resources.filter((r) => r.custom && r.type.startsWith("aws:") && !ofThePipeline(r));
}

function placeOf(
  plan: Plan,
  { options }: PlannedResource,
): { readonly region: string; readonly account: string } {
  const { region, recoveryRegion } = specs[plan.stack as EnvironmentName];
  return {
    region: options.provider.includes("::aws-recovery::") ? recoveryRegion : region,
    account: plan.config["task-platform:accountId"] ?? "",
  };
}

/** The API call that creates a resource, with the condition keys that AWS then has. */
function requestOf(plan: Plan, resource: PlannedResource, action: string): Request {
  const { region, account } = placeOf(plan, resource);
  const [service = ""] = action.split(":");
  const context: Record<string, string> = {
    "aws:RequestedRegion": global.has(service) ? "us-east-1" : region,
    ...(service === "kms" ? viaService(region) : {}),
    ...(service === "iam"
      ? { "iam:PermissionsBoundary": `arn:aws:iam::${account}:policy/task-platform-boundary` }
      : {}),
  };
  return { action, resource: arnOf(plan, resource, action, { region, account }), context };
}

const viaService = (region: string) => ({
  "kms:ViaService": `rds.${region}.amazonaws.com`,
  "kms:GrantIsForAWSResource": "true",
});

function arnOf(
  plan: Plan,
  resource: PlannedResource,
  action: string,
  { region, account }: { readonly region: string; readonly account: string },
): string {
  const [service = ""] = action.split(":");
  if (action === "route53:ChangeResourceRecordSets")
    return `arn:aws:route53:::hostedzone/${String(resource.inputs.zoneId)}`;
  if (service.startsWith("kafka"))
    return `arn:aws:kafka:${region}:${account}:cluster/${physicalNames({ spec: { name: plan.stack } }).kafka}/1`;
  if (resource.type === "aws:secretsmanager/secretVersion:SecretVersion")
    return String(resource.inputs.secretId);
  if (service === "kms") return `arn:aws:kms:${region}:${account}:key/1`;
  if (service !== "iam" || resource.type.endsWith("PasswordPolicy")) return "*";
  const names = [resource.inputs.role, resource.inputs.name, resource.outputs.name, resource.id];
  const role = plan
    .all("aws:iam/role:Role")
    .find((one) => one.urn === resource.urn || names.includes(one.id) || names.includes(one.outputs.name));
  return String(role?.outputs.arn);
}

test.each(everyPlan)("the deploy role of %s can create, change and remove every resource", async (title) => {
  const plan = await planFor(title);
  const statements = statementsOfRole(plan, "github-deploy");
  const resources = madeBy(plan);
  const unknown = resources.filter(({ type }) => table[type] === undefined);
  expect([...new Set(unknown.map(({ type }) => type))]).toEqual([]);
  const refused = resources.flatMap((resource) =>
    (table[resource.type] ?? [])
      .filter((action) => !allows(statements, requestOf(plan, resource, action)))
      .map((action) => `${resource.name}: ${action}`),
  );
  expect(resources.length).toBeGreaterThan(200);
  expect(refused).toEqual([]);
});

/** Actions without a resource type of their own: pass a role, create a service-linked role. */
const besideTypes = ["iam:CreateServiceLinkedRole", "iam:PassRole"];

/** Sids of statements about the state, which is no resource of the program. */
const ofState = ["ListState", "UseStateKeys", "WriteState"];

function changes(statements: readonly Statement[]): readonly Statement[] {
  return statements.filter(
    ({ allows: allow, sid }) => allow && !sid.startsWith("Read") && !ofState.includes(sid),
  );
}

test.each(everyPlan)(
  "the deploy role of %s has no action that its resource types do not need",
  async (title) => {
    const plan = await planFor(title);
    const types = new Set(plan.resources.map(({ type }) => type));
    const chosen = choices.filter((choice) =>
      Object.keys(choiceActions[choice]).some((type) => types.has(type)),
    );
    const needed = [...Object.values(typesOf(chosen)), roleActions].flatMap((one) =>
      Object.values(one).flat(),
    );
    const admitted = changes(statementsOfRole(plan, "github-deploy")).flatMap(({ actions }) => actions);
    expect([...new Set(admitted)].toSorted()).toEqual([...new Set([...needed, ...besideTypes])].toSorted());
  },
);

/** Limited by an ARN or a path instead. */
const fencedByArn = /^(route53:ChangeResourceRecordSets|kafka:CreateReplicatorReference|iam:.*)$/;

test.each(everyPlan)("the deploy role of %s can change nothing in another region", async (title) => {
  const plan = await planFor(title);
  const statements = statementsOfRole(plan, "github-deploy");
  const elsewhere = "ap-southeast-2";
  const account = plan.config["task-platform:accountId"] ?? "";
  const leaks = Object.values(table)
    .flat()
    .filter((action) => !fencedByArn.test(action))
    .filter((action) => {
      const [service = ""] = action.split(":");
      return allows(statements, {
        action,
        resource: `arn:aws:${service.replace("kafka-cluster", "kafka")}:${elsewhere}:${account}:cluster/key/1`,
        context: { "aws:RequestedRegion": elsewhere, ...viaService(elsewhere) },
      });
    });
  expect(leaks).toEqual([]);
  const zone = {
    action: "route53:ChangeResourceRecordSets",
    resource: "arn:aws:route53:::hostedzone/ZOTHER",
  };
  expect(allows(statements, { ...zone, context: { "aws:RequestedRegion": "us-east-1" } })).toBe(false);
});

test("every resource type of the table is created by a spec, or by one of the settings listed here", async () => {
  const plans = await Promise.all(everyPlan.map(planFor));
  const types = new Set(plans.flatMap(({ resources }) => resources.map(({ type }) => type)));
  expect(Object.keys(table).filter((type) => !types.has(type))).toEqual([]);
  const specsOnly = new Set(
    (await Promise.all(environments.map((name) => planOf(name)))).flatMap(({ resources }) =>
      resources.map(({ type }) => type),
    ),
  );
  expect(Object.keys(table).filter((type) => !specsOnly.has(type))).toEqual([
    "aws:wafv2/ipSet:IpSet",
    "aws:msk/clusterPolicy:ClusterPolicy",
    "aws:msk/replicator:Replicator",
    "aws:cognito/riskConfiguration:RiskConfiguration",
    "aws:secretsmanager/secretVersion:SecretVersion",
    "aws:shield/applicationLayerAutomaticResponse:ApplicationLayerAutomaticResponse",
    "aws:shield/protection:Protection",
    "aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation",
  ]);
  const areas: readonly Area[] = ["network", "cluster", "data", "edge", "operations", "choices"];
  const byArea = areas.flatMap((area) => Object.keys(typesOf(choices)[area]));
  expect(new Set(byArea).size).toBe(byArea.length);
});

test("only services that need a service-linked role can have one created", async () => {
  for (const name of environments) {
    const plan = await planOf(name);
    const statements = statementsOfRole(plan, "github-deploy");
    const account = plan.config["task-platform:accountId"] ?? "";
    const mayLink = (service: string): boolean =>
      allows(statements, {
        action: "iam:CreateServiceLinkedRole",
        resource: `arn:aws:iam::${account}:role/aws-service-role/${service}/AWSServiceRole`,
        context: { "iam:AWSServiceName": service },
      });
    const types = new Set(plan.resources.map(({ type }) => type));
    const wanted = Object.entries(linkedRoles).flatMap(([type, services]) =>
      types.has(type) ? services : [],
    );
    expect(wanted.filter((service) => !mayLink(service))).toEqual([]);
    expect(mayLink("lex.amazonaws.com")).toBe(false);
  }
  expect(Object.keys(linkedRoles).filter((type) => table[type] === undefined)).toEqual([]);
});

/** Services in which a deploy changes settings but creates nothing. */
const unread: Readonly<Record<string, string>> = {
  "backup-storage": "A right to mount what a new vault is stored on; there is nothing to read.",
};

test.each(everyPlan)("the roles of %s can read every service for a preview and a refresh", async (title) => {
  const plan = await planFor(title);
  const calls = madeBy(plan).flatMap(({ type }) => table[type] ?? []);
  const services = [...new Set(calls.map((action) => action.slice(0, action.indexOf(":"))))];
  const reads = (service: string): readonly string[] =>
    service === "kafka-cluster" ? topicReads : (readActions[service] ?? []).map((one) => `${service}:${one}`);
  expect(services.filter((service) => reads(service).length === 0 && unread[service] === undefined)).toEqual(
    [],
  );
  const { region } = specs[plan.stack as EnvironmentName];
  for (const role of ["github-deploy", "github-preview"]) {
    const statements = statementsOfRole(plan, role);
    const resource = `arn:aws:kafka:${region}:${plan.config["task-platform:accountId"] ?? ""}:cluster/${physicalNames({ spec: { name: plan.stack } }).kafka}/1`;
    const refused = services
      .flatMap(reads)
      .filter((action) => !allows(statements, { action, resource, context: {} }));
    expect(refused).toEqual([]);
  }
});
