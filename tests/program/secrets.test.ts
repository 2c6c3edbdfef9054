import { expect, test } from "vitest";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";

interface Statement {
  readonly Sid: string;
  readonly Resource: string;
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const secretType = "aws:secretsmanager/secret:Secret";
const externalType = "kubernetes:external-secrets.io/v1:ExternalSecret";

function statements(policy: unknown): readonly Statement[] {
  return (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
}

interface Pod {
  readonly volumes: readonly { readonly name: string; readonly secret?: { readonly secretName: string } }[];
  readonly containers: readonly {
    readonly env: readonly object[];
    readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
}

function podOf(spec: unknown): Pod {
  return (spec as { readonly template: { readonly spec: Pod } }).template.spec;
}

/** Whether an IAM pattern matches a text. */
function covers(pattern: string, given: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(given);
}

function readerRole(plan: Plan): string {
  return String(plan.one("aws:iam/role:Role", "secrets-controller").outputs.arn);
}

test("in the recovery region the standby can read the replica of the secret: name, role and key fit", async () => {
  const [prod, dr] = [await planOf("prod"), await planOf("dr")];
  const { inputs } = prod.one(secretType, "secrets-schema-registry");
  const key = prod.one("aws:kms/key:Key", "recovery-secrets");
  expect(inputs.replicas).toEqual([{ region: "eu-west-1", kmsKeyId: key.outputs.arn }]);

  const [read, decrypt] = statements(
    dr.one("aws:iam/rolePolicy:RolePolicy", "secrets-controller").inputs.policy,
  );
  const copy = `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${String(inputs.name)}-AbCdEf`;
  expect(covers(read?.Resource ?? "", copy)).toBe(true);
  expect(decrypt?.Condition["ForAnyValue:StringEquals"]?.["kms:ResourceAliases"]).toEqual([
    prod.one("aws:kms/alias:Alias", "recovery-secrets").inputs.name,
  ]);

  const policy = prod.one("aws:secretsmanager/secretPolicy:SecretPolicy", "secrets-schema-registry");
  const only = statements(policy.inputs.policy).find(({ Sid }) => Sid === "NoOtherReader");
  const readers = only?.Condition.ArnNotEquals?.["aws:PrincipalArn"] ?? [];
  const admitted = (role: string) => readers.some((reader) => covers(reader, role));
  expect(admitted(readerRole(prod))).toBe(true);
  expect(admitted(readerRole(dr))).toBe(true);
  expect(admitted(readerRole(await planOf("staging")))).toBe(false);
  expect(admitted("arn:aws:iam::111111111111:role/task-platform/dr/task-relay-0a1b2c3")).toBe(false);
});

test.each(environments.filter((name) => name !== "dev"))(
  "in %s the workers read the password as files from External Secrets, and wait for it",
  async (name) => {
    const plan = await planOf(name);
    const external = plan.one(externalType);
    const { target, data } = external.inputs.spec as {
      readonly target: { readonly name: string };
      readonly data: readonly { readonly secretKey: string }[];
    };
    for (const workload of ["task-relay", "task-processor", "task-analytics"]) {
      const deployment = plan.one("kubernetes:apps/v1:Deployment", workload);
      const { volumes, containers } = podOf(deployment.inputs.spec);
      const volume = volumes.find(({ secret }) => secret?.secretName === target.name);
      const mount = containers[0]?.volumeMounts.find((one) => one.name === volume?.name);
      const folder = { name: "SCHEMA_REGISTRY_CREDENTIALS_DIR", value: mount?.mountPath ?? "not mounted" };
      expect(containers[0]?.env).toContainEqual(folder);
      expect(deployment.options.dependencies).toContain(external.urn);
    }
    expect(data.map(({ secretKey }) => secretKey)).toEqual(["username", "password"]);
    const api = JSON.stringify(plan.one("kubernetes:apps/v1:Deployment", "task-api").inputs.spec);
    expect(api).not.toContain("secretName");
  },
);

test("dev needs no password and has no secret for one", async () => {
  const plan = await planOf("dev");
  expect([...plan.all(secretType), ...plan.all(externalType)]).toEqual([]);
  const relay = JSON.stringify(plan.one("kubernetes:apps/v1:Deployment", "task-relay").inputs);
  expect(relay).not.toContain("CREDENTIALS");
});
