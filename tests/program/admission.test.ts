import { Environment } from "@marcbachmann/cel-js";
import { expect, test } from "vitest";
import type { Plan } from "../../tools/plan/index.ts";
import { environments, planOf } from "./plan-of.ts";
import { imageFields } from "./pod-images.ts";

// This does not prove that the API server evaluates like this library. Both follow the specification of CEL.

interface Pod {
  readonly metadata?: unknown;
  readonly spec: {
    readonly volumes?: readonly unknown[];
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly ephemeralContainers?: readonly Container[];
    readonly securityContext?: { readonly runAsNonRoot?: boolean };
  };
}

interface Container {
  readonly image: string;
  readonly securityContext?: { readonly runAsNonRoot?: boolean };
  readonly [key: string]: unknown;
}

interface Validation {
  readonly expression: string;
  readonly message: string;
}

const cel = new Environment({ unlistedVariablesAreDyn: true });

/** Messages with which the API server would refuse a pod, or a change of the pod `oldObject`; empty if it admits it. */
function refusals(plan: Plan, object: Pod, oldObject: Pod | null = null): readonly string[] {
  const { inputs } = plan.one("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy");
  const spec = inputs.spec as {
    matchConditions: readonly Pick<Validation, "expression">[];
    validations: readonly Validation[];
  };
  const request = { operation: oldObject === null ? "CREATE" : "UPDATE" };
  const holds = ({ expression }: Pick<Validation, "expression">) =>
    cel.evaluate(expression, { object, oldObject, request }) === true;
  if (!spec.matchConditions.every(holds)) return [];
  return spec.validations.filter((one) => !holds(one)).map(({ message }) => message);
}

function podOf(plan: Plan, type: string, name: string): Pod {
  const resource = plan.all(type).find((one) => one.name.startsWith(name));
  if (resource === undefined) throw new Error(`${plan.stack} has no ${type} ${name}`);
  return (resource.inputs.spec as { template: Pod }).template;
}

const podsOf = (plan: Plan): readonly Pod[] => [
  ...["task-api", "task-relay", "task-processor", "task-analytics"].map((name) =>
    podOf(plan, "kubernetes:apps/v1:Deployment", name),
  ),
  podOf(plan, "kubernetes:batch/v1:Job", "task-migrate"),
];

test.each(environments)("in %s the admission policy allows every pod of the program", async (name) => {
  const plan = await planOf(name);
  expect(podsOf(plan).map((pod) => refusals(plan, pod))).toEqual([[], [], [], [], []]);
});

const digest = `@sha256:${"0".repeat(64)}`;
const prodHost = "111111111111.dkr.ecr.us-east-1.amazonaws.com";
const drHost = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";

const elsewhere = [
  `docker.io/library/node${digest}`,
  `node${digest}`,
  `222222222222.dkr.ecr.us-east-1.amazonaws.com/task-api${digest}`,
  `${prodHost}.evil.example/task-api${digest}`,
  `evil.example/${prodHost}/task-api${digest}`,
];
const movable = [
  `${prodHost}/task-api`,
  `${prodHost}/task-api:latest`,
  `${prodHost}/task-api@sha256:00`,
  `${prodHost}/task-api${digest}:latest`,
];
const fromElsewhere = expect.stringContaining("images come from");
const byDigest = expect.stringContaining("named by digest");
const asRoot = expect.stringContaining("runAsNonRoot");

const kinds = ["containers", "initContainers", "ephemeralContainers"] as const;

/** Messages for the API pod of prod with one more container. */
async function refusalsWith(kind: (typeof kinds)[number], changes: Partial<Container>) {
  const plan = await planOf("prod");
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const container = { ...spec.containers[0], ...changes } as Container;
  return refusals(plan, { spec: { ...spec, [kind]: [...(spec[kind] ?? []), container] } });
}

test.each(kinds)("an image of another host is refused in %s", async (kind) => {
  for (const image of elsewhere) {
    expect([image, await refusalsWith(kind, { image })]).toEqual([image, [fromElsewhere]]);
  }
});

test.each(kinds)("an image without a digest is refused in %s", async (kind) => {
  for (const image of movable) {
    expect([image, await refusalsWith(kind, { image })]).toEqual([image, [byDigest]]);
  }
});

test.each(kinds)(
  "a container in %s that sets runAsNonRoot to false is refused, and one that leaves it out is not",
  async (kind) => {
    expect(await refusalsWith(kind, { securityContext: { runAsNonRoot: false } })).toEqual([asRoot]);
    expect(await refusalsWith(kind, { securityContext: {} })).toEqual([]);
    expect(await refusalsWith(kind, {})).toEqual([]);
  },
);

test.each([[undefined], [{}], [{ runAsNonRoot: false }]])(
  "a pod with the securityContext %j could run as root and is refused",
  async (securityContext) => {
    const plan = await planOf("prod");
    const { spec } = podOf(plan, "kubernetes:batch/v1:Job", "task-migrate");
    const { securityContext: _, ...rest } = spec;
    const pod = { spec: securityContext === undefined ? rest : { ...rest, securityContext } };
    expect(refusals(plan, pod)).toEqual([asRoot]);
  },
);

/** A volume or container of a pod spec with one value at a path, such as "volumes.image.reference". */
function withField(spec: Pod["spec"], path: string, value: string): Pod {
  const [list = "", ...inner] = path.split(".");
  const item = inner.reduceRight<unknown>((held, key) => ({ [key]: held }), value);
  const items = (spec as unknown as Readonly<Record<string, readonly unknown[] | undefined>>)[list] ?? [];
  return { spec: { ...spec, [list]: [...items, item] } };
}

test("every field of a pod that can hold an image is one that the policy judges", async () => {
  const plan = await planOf("prod");
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const fields = imageFields();
  // When a new Kubernetes has one more, look at what the policy says to it.
  expect(fields).toEqual([
    "containers.image",
    "ephemeralContainers.image",
    "initContainers.image",
    "volumes.image.reference",
    "volumes.rbd.image",
  ]);
  for (const field of fields) {
    expect([field, refusals(plan, withField(spec, field, `docker.io/library/node${digest}`))]).not.toEqual([
      field,
      [],
    ]);
  }
});

test("a volume that can hold an image is refused, and the volume of a token is not", async () => {
  const plan = await planOf("prod");
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const withVolume = (source: object): Pod => ({
    spec: { ...spec, volumes: [...(spec.volumes ?? []), { name: "more", ...source }] },
  });
  const byKind = expect.stringContaining("volumes are of the kinds");
  // Even an image of ours: the kind is refused, because the next kind may name its image in another field.
  const image = { image: { reference: `${prodHost}/task-api${digest}` } };
  for (const source of [image, { csi: { driver: "image.csi.example" } }, { hostPath: { path: "/" } }, {}]) {
    expect([source, refusals(plan, withVolume(source))]).toEqual([source, [byKind]]);
  }
  for (const source of [{ projected: { sources: [] } }, { emptyDir: {} }, { secret: { secretName: "a" } }]) {
    expect([source, refusals(plan, withVolume(source))]).toEqual([source, []]);
  }
});

test("a pod from before the policy can be annotated and lose its finalizer, but its spec can only change into an allowed one", async () => {
  const plan = await planOf("prod");
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const withImage = (image: string, metadata: object = {}): Pod => ({
    metadata,
    spec: { ...spec, containers: spec.containers.map((one) => ({ ...one, image })) },
  });
  const [foreign, own] = [`docker.io/library/node${digest}`, `${prodHost}/task-api${digest}`];
  const old = withImage(foreign, { finalizers: ["batch.kubernetes.io/job-tracking"] });
  expect(refusals(plan, withImage(foreign, { annotations: { a: "b" } }), old)).toEqual([]);
  expect(refusals(plan, withImage(foreign, { finalizers: [] }), old)).toEqual([]);
  expect(refusals(plan, withImage(own), old)).toEqual([]);
  expect(refusals(plan, withImage(foreign), withImage(own))).toEqual([fromElsewhere]);
  expect(refusals(plan, withImage(`node:latest`), old)).toEqual([fromElsewhere, byDigest]);
});

test.each(environments)("in %s the policy allows no image host of another region", async (name) => {
  const plan = await planOf(name);
  const { spec } = podOf(plan, "kubernetes:apps/v1:Deployment", "task-api");
  const withImage = (image: string) => ({
    spec: { ...spec, containers: spec.containers.map((one) => ({ ...one, image })) },
  });
  const [own, other] = name === "dr" ? [drHost, prodHost] : [prodHost, drHost];
  expect(refusals(plan, withImage(`${own}/task-tool${digest}`))).toEqual([]);
  expect(refusals(plan, withImage(`${other}/task-api${digest}`))).toEqual([fromElsewhere]);
});

test.each(environments)("in %s every pod waits until the admission policy is in force", async (name) => {
  const plan = await planOf(name);
  const binding = plan.one("kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding");
  for (const type of ["kubernetes:apps/v1:Deployment", "kubernetes:batch/v1:Job"]) {
    const workloads = plan.all(type);
    expect([type, workloads.length]).not.toEqual([type, 0]);
    for (const { options } of workloads) expect(options.dependencies).toContain(binding.urn);
  }
});
