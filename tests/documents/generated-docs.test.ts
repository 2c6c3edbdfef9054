import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { generatedDocuments, iamDocument, protectionDocument } from "../../tools/generated-docs/index.ts";
import { type Plan, planEnvironment, repositoryRoot, stackNames } from "../../tools/plan/index.ts";

const environments = stackNames(repositoryRoot);
const plans: Plan[] = [];

beforeAll(async () => {
  for (const name of environments) plans.push(await planEnvironment(name));
});

/** The plans with a changed plan of prod. */
function withProd(change: (resource: Plan["resources"][number]) => Plan["resources"]): readonly Plan[] {
  return plans.map((plan) => {
    if (plan.stack !== "prod") return plan;
    const resources = plan.resources.flatMap(change);
    return { ...plan, resources, all: (type) => resources.filter((resource) => resource.type === type) };
  });
}

test("every generated document agrees with the plans; npm run golden rewrites it", () => {
  const documents = generatedDocuments(plans, repositoryRoot);
  expect(documents.length).toBeGreaterThan(3);
  for (const { file, text } of documents) {
    expect(readFileSync(join(repositoryRoot, file), "utf8"), file).toBe(text);
  }
});

test("the protection matrix lists every protection of the database of prod", () => {
  const row = protectionDocument(plans)
    .split("\n")
    .find((line) => line.startsWith("| rds.Instance | `database` |"));
  const cells = row?.split("|").map((cell) => cell.trim()) ?? [];
  const prod = cells[3 + environments.indexOf("prod")] ?? "";
  for (const word of ["protect", "deletion protection", "final snapshot", "backups 35 d"])
    expect(prod).toContain(word);
});

test("the list of roles has every role of every environment with its trust policy", () => {
  const text = iamDocument(plans);
  const roles = new Set(plans.flatMap((plan) => plan.all("aws:iam/role:Role").map(({ name }) => name)));
  for (const name of roles) expect(text).toContain(`## ${name}\n`);
  expect(text).toContain("Service:pods.eks.amazonaws.com");
});

test("the list of roles names the environments that have a statement", () => {
  const wild = { Statement: [{ Sid: "Everything", Effect: "Allow", Action: "s3:*", Resource: "*" }] };
  const text = iamDocument(
    withProd((resource) =>
      resource.type === "aws:iam/rolePolicy:RolePolicy" && resource.name === "task-api"
        ? [{ ...resource, inputs: { ...resource.inputs, policy: JSON.stringify(wild) } }]
        : [resource],
    ),
  );
  const [wildcards = ""] = text.split("\n## ").filter((section) => section.startsWith("Wildcards"));
  expect(wildcards).toContain("| `task-api` | `Everything` | **changes** | `s3:*` | `*` |  | prod |");
  expect(text).toContain("| `Everything` | Allow | `s3:*` | `*` |  | prod |");
});

test("no generated document contains an account or an id that the plan made up", () => {
  for (const { text } of generatedDocuments(plans, repositoryRoot)) {
    expect(text.match(/\b\d{12}\b|\b[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}\b/g) ?? []).toEqual([]);
  }
});
