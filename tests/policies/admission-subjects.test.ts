import { expect, test } from "vitest";
import { evaluate, rules } from "../../policies/index.ts";
import { planOf } from "../program/plan-of.ts";

const type = "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy";

interface Spec {
  readonly validations: readonly { readonly expression: string }[];
}

/** What `namespace-admits-ours-only` says about prod without the conditions of its admission policy that match. */
async function saidWithout(pattern: RegExp): Promise<string[]> {
  const plan = await planOf("prod");
  const resources = plan.resources.map((resource) => {
    if (resource.type !== type) return resource;
    const spec = resource.inputs.spec as Spec;
    const validations = spec.validations.filter(({ expression }) => !pattern.test(expression));
    expect(validations.length).toBeLessThan(spec.validations.length);
    return { ...resource, inputs: { ...resource.inputs, spec: { ...spec, validations } } };
  });
  const today = new Date().toISOString().slice(0, 10);
  return evaluate(resources, { environment: "prod", today }, rules, [])
    .violations.filter(({ rule }) => rule === "namespace-admits-ours-only")
    .map(({ message }) => message);
}

test.each([
  ["repository of the image", /\.startsWith\(/],
  ["digest of the image", /@sha256:/],
  ["kinds of volumes", /\.volumes\.all\(/],
  ["runAsNonRoot", /runAsNonRoot/],
])("an admission policy that does not look at the %s is told", async (subject, pattern) => {
  expect(await saidWithout(pattern)).toEqual(
    expect.arrayContaining([expect.stringContaining(`no admission policy checks the ${subject}`)]),
  );
});
