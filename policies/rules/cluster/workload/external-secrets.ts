import {
  custom,
  deployment,
  list,
  mismatch,
  nameOfObject,
  namespaceOf,
  overStack,
  podTemplate,
  property,
  type Rule,
  read,
  record,
  type Stack,
  show,
  text,
  unless,
  workloadTypes,
} from "../../../kit/index.ts";

const externalSecret = "kubernetes:external-secrets.io/v1:ExternalSecret";

/** Secrets that come from Secrets Manager, as `namespace/name`. */
function delivered(stack: Stack): ReadonlySet<string> {
  return new Set(
    stack
      .of(externalSecret)
      .map((one) => `${namespaceOf(one)}/${text(read(one.inputs, "spec.target.name")) || nameOfObject(one)}`),
  );
}

const registry = { metadata: { name: "registry", namespace: "tasks" }, spec: { refreshInterval: "15m" } };
const reader = {
  ...deployment({ volumes: [{ name: "registry", secret: { secretName: "registry" } }] }),
  metadata: { name: "relay", namespace: "tasks" },
};

export const externalSecretRules: readonly Rule[] = [
  property({
    id: "external-secret-refreshed",
    controls: ["SEC-04"],
    severity: "high",
    types: [externalSecret],
    path: "spec.refreshInterval",
    is: {
      allowed: "a time such as 15m",
      holds: (value) => /^[1-9]\d*[smh]$/.test(text(value)),
      right: "15m",
      wrong: "0",
    },
    whatToDo: "state how often it is read again: with 0 a rotated secret never arrives",
  }),
  custom({
    id: "secret-store-without-keys",
    controls: ["SEC-04"],
    severity: "high",
    types: ["kubernetes:external-secrets.io/v1:SecretStore"],
    missingIs: "right",
    whatToDo: "leave auth out: the controller has a role, and an access key would be one more secret to keep",
    check: (inputs) => {
      const given = read(inputs, "spec.provider.aws.auth.secretRef");
      return unless(given === undefined, mismatch("spec.provider.aws.auth.secretRef", given, "none"));
    },
    pass: { spec: { provider: { aws: { service: "SecretsManager", region: "us-east-1" } } } },
    fail: { spec: { provider: { aws: { auth: { secretRef: { accessKeyIDSecretRef: { name: "a" } } } } } } },
  }),
  overStack({
    id: "pod-secrets-from-manager",
    controls: ["SEC-04"],
    severity: "high",
    whatToDo: "declare an ExternalSecret for it, so that Secrets Manager keeps, rotates and replicates it",
    check: (stack) => {
      const known = delivered(stack);
      return workloadTypes
        .flatMap((type) => stack.of(type))
        .flatMap((workload) =>
          list(podTemplate(workload.inputs).spec.volumes)
            .map((volume) => text(record(record(volume).secret).secretName))
            .filter((name) => name !== "" && !known.has(`${namespaceOf(workload)}/${name}`))
            .map((name) => ({
              resource: workload,
              message: `volume of Secret ${show(name)}: got no ExternalSecret; allowed: one of that name`,
            })),
        );
    },
    pass: [
      { type: externalSecret, inputs: registry },
      { type: workloadTypes[0], inputs: reader },
    ],
    fail: [
      { type: externalSecret, inputs: { ...registry, metadata: { name: "other", namespace: "tasks" } } },
      { type: workloadTypes[0], inputs: reader },
    ],
    missing: [{ type: workloadTypes[0], inputs: reader }],
  }),
];
