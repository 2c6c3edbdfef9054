import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Plan, planEnvironment, repositoryRoot, stackNames } from "../../tools/plan/index.ts";
import {
  findTerraform,
  type KindSchemas,
  planFromEmpty,
  providerSchemas,
  terraformConfiguration,
} from "../../tools/render/index.ts";
import { skip } from "../support/skip.ts";

const environments = stackNames(repositoryRoot);
const terraform = findTerraform(process.env);
const cache = join(repositoryRoot, "node_modules", ".cache", "task-platform", "render");
const plans = new Map<string, Plan>();

beforeAll(async () => {
  for (const name of environments) plans.set(name, await planEnvironment(name));
});

function planOf(name: string): Plan {
  const plan = plans.get(name);
  if (!plan) throw new Error(`no plan of ${name}`);
  return plan;
}

let schemas: Promise<KindSchemas> | undefined;

/** All kinds that the installed provider knows, read once. */
function knownKinds(found: Exclude<typeof terraform, { readonly missing: string }>): Promise<KindSchemas> {
  schemas ??= providerSchemas(found, cache);
  return schemas;
}

type Resources = Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;

const resourcesOf = (plan: Plan): Resources => terraformConfiguration(plan).json.resource as Resources;

test.for(environments)(
  "Terraform validates the configuration of %s and plans to create every resource in it",
  { timeout: 900_000 },
  async (name, context) => {
    if ("missing" in terraform) skip(context, terraform.missing);
    const { json } = terraformConfiguration(planOf(name), await knownKinds(terraform));
    const count = Object.values(json.resource as Resources).reduce(
      (sum, resources) => sum + Object.keys(resources).length,
      0,
    );
    expect(await planFromEmpty(terraform, json)).toBe(`Plan: ${count} to add, 0 to change, 0 to destroy.`);
  },
);

/** Kinds and arguments that version 5 of the provider lacks. Anything else that is left out has a wrong name here. */
const newer = [
  // Pulumi's bridge gives every kind timeouts; Terraform's own resource has none.
  /^aws_cloudfront_distribution\.\S+ timeouts:/,
  /^aws_cognito_(log_delivery_configuration|managed_login_branding) /,
  /^aws_msk_topic /,
  /^aws_wafv2_web_acl_rule /,
  /^aws_cloudwatch_log_group\.\S+ deletion_protection_enabled:/,
  /^aws_eks_cluster\.\S+ deletion_protection:/,
  /^aws_db_instance_automated_backups_replication\.\S+ region:/,
];

test.for(environments)(
  "only kinds and arguments that are known to be newer are left out of %s",
  async (name, context) => {
    if ("missing" in terraform) skip(context, terraform.missing);
    const { leftOut } = terraformConfiguration(planOf(name), await knownKinds(terraform));
    const unexpected = leftOut.filter(
      (line) => line.includes("newer than the provider") && !newer.some((pattern) => pattern.test(line)),
    );
    expect(unexpected).toEqual([]);
  },
);

test("ids and ARNs of other resources are references", () => {
  const resources = resourcesOf(planOf("prod"));
  expect(resources.aws_db_instance?.database).toMatchObject({
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\S+\.arn\}$/),
    vpc_security_group_ids: [expect.stringMatching(/^\$\{aws_security_group\.\S+\.id\}$/)],
  });
});

test("options of Pulumi become meta-arguments of Terraform", () => {
  const resources = resourcesOf(planOf("prod"));
  expect(resources.aws_db_instance?.database).toMatchObject({
    provider: "aws.aws-home",
    lifecycle: {
      prevent_destroy: true,
      ignore_changes: [
        "snapshot_identifier",
        "restore_to_point_in_time",
        "kms_key_id",
        "db_name",
        "username",
        "backup_retention_period",
        "backup_window",
      ],
    },
    timeouts: { create: "90m" },
  });
  expect(resources.aws_eks_node_group?.["cluster-system"]).toMatchObject({
    lifecycle: { create_before_destroy: true, ignore_changes: ["scaling_config[0].desired_size"] },
  });
});

test("no secret is rendered: it is a sensitive variable without a value", () => {
  const plan = planOf("prod");
  const secret = plan.resources.find(({ secretInputs }) =>
    secretInputs.includes("authenticationMode.passwords[0]"),
  );
  const value = String(
    (secret?.inputs.authenticationMode as { passwords: unknown[] } | undefined)?.passwords[0],
  );
  const { json } = terraformConfiguration(plan);
  // A password of ElastiCache has 16 characters at least; "undefined" has fewer.
  expect(value.length).toBeGreaterThan(15);
  expect(JSON.stringify(json)).not.toContain(value);
  const variables = Object.values(json.variable as Record<string, Record<string, unknown>>);
  expect(variables.map(({ type, sensitive }) => [type, sensitive])).toEqual(
    variables.map(() => ["string", true]),
  );
  // The password, and the secret of CloudFront at its origin and at both rules of the load balancer.
  expect(variables).toHaveLength(4);
  expect(variables.filter((variable) => "default" in variable)).toEqual([]);
});

test("a policy variable stays text, where Terraform would read a template", () => {
  const plan = planOf("dev");
  const policy = '{"Resource":"arn:aws:s3:::home/${aws:username}/%{x}"}';
  const resources = plan.resources.map((resource) =>
    resource.type === "aws:iam/rolePolicy:RolePolicy" && resource.name === "task-api"
      ? { ...resource, inputs: { ...resource.inputs, policy } }
      : resource,
  );
  expect(resourcesOf({ ...plan, resources }).aws_iam_role_policy?.["task-api"]).toMatchObject({
    policy: '{"Resource":"arn:aws:s3:::home/$${aws:username}/%%{x}"}',
  });
});

test("resources of other providers are listed by name", () => {
  const { leftOut } = terraformConfiguration(planOf("dev"));
  expect(leftOut).toContain("kubernetes:core/v1:Namespace tasks: rendered as Kubernetes YAML");
  expect(leftOut.filter((line) => line.startsWith("random:"))).not.toEqual([]);
});
