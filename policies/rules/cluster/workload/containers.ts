import {
  containerRule,
  custom,
  hardened,
  list,
  mismatch,
  podRule,
  production,
  type Rule,
  read,
  record,
  show,
  text,
} from "../../../kit/index.ts";

/** Names of variables whose values must not be in a manifest. */
const sensitive = /(PASSWORD|PASSWD|TOKEN|SECRET|PRIVATE_KEY|API_KEY|CREDENTIAL)/;

export const containerRules: readonly Rule[] = [
  containerRule({
    id: "image-tag-exact",
    controls: ["IMG-01"],
    severity: "medium",
    whatToDo: "name a digest or a version",
    wrong: ({ image }) =>
      /@sha256:[0-9a-f]{64}$/.test(text(image)) ||
      /:(?!latest$)[\w.-]+$/.test(text(image).split("/").at(-1) ?? "")
        ? undefined
        : mismatch("image", image, "a digest or a version"),
    pass: { image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/task-api:1.4.2" },
    fail: { image: "task-api:latest" },
  }),
  containerRule({
    id: "image-from-own-registry",
    controls: ["IMG-03"],
    severity: "medium",
    environments: hardened,
    whatToDo: "push it to ECR of this account, by digest",
    wrong: ({ image }) =>
      /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\//.test(text(image))
        ? undefined
        : mismatch("image", image, "an image repository of this account"),
    pass: { image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/task-api:1.4.2" },
    fail: { image: "docker.io/acme/task-api:1.4.2" },
  }),
  containerRule({
    id: "image-pulled-always",
    controls: ["IMG-04"],
    severity: "low",
    whatToDo:
      "set Always: with a digest it costs one request, and a pod cannot start an image after its access was revoked",
    wrong: ({ imagePullPolicy }) =>
      imagePullPolicy === "Always" ? undefined : mismatch("imagePullPolicy", imagePullPolicy, '"Always"'),
    pass: { imagePullPolicy: "Always" },
    fail: { imagePullPolicy: "IfNotPresent" },
  }),
  containerRule({
    id: "image-host-alive",
    controls: ["IMG-05"],
    severity: "low",
    missingIs: "right",
    whatToDo: "use registry.k8s.io",
    wrong: ({ image }) =>
      text(image).startsWith("k8s.gcr.io/") ? "image: got k8s.gcr.io; allowed: registry.k8s.io" : undefined,
    pass: { image: "registry.k8s.io/pause:3.10" },
    fail: { image: "k8s.gcr.io/pause:3.10" },
  }),
  ...(
    [
      ["requests.cpu", "RES-01", "100m"],
      ["requests.memory", "RES-02", "128Mi"],
      ["limits.memory", "RES-03", "256Mi"],
      ["limits.cpu", "RES-04", "500m"],
      ["requests.ephemeral-storage", "RES-06", "128Mi"],
      ["limits.ephemeral-storage", "RES-06", "512Mi"],
    ] as const
  ).map(([path, control, example]) =>
    containerRule({
      id: `container-${path.replace(".", "-")}-set`,
      controls: [control],
      severity: path === "limits.memory" ? "high" : "medium",
      whatToDo: "state it, for init containers too",
      wrong: (container) =>
        text(read(container, `resources.${path}`)) === "" ? `resources.${path}: got nothing` : undefined,
      pass: { resources: { [path.split(".")[0] ?? ""]: { [path.split(".")[1] ?? ""]: example } } },
      fail: { resources: { [path.split(".")[0] ?? ""]: {} } },
    }),
  ),
  containerRule({
    id: "container-memory-even",
    controls: ["RES-03"],
    severity: "medium",
    environments: production,
    whatToDo:
      "make memory request and limit equal: a node without memory evicts pods that use more than they request",
    wrong: (container) => {
      const request = read(container, "resources.requests.memory");
      const limit = read(container, "resources.limits.memory");
      return request !== undefined && request === limit
        ? undefined
        : mismatch("resources.requests.memory", request, show(limit));
    },
    pass: { resources: { requests: { memory: "512Mi" }, limits: { memory: "512Mi" } } },
    fail: { resources: { requests: { memory: "256Mi" }, limits: { memory: "512Mi" } } },
  }),
  containerRule({
    id: "container-cpu-roomy",
    controls: ["RES-04"],
    severity: "medium",
    whatToDo: "set the CPU limit to twice the request or more: a throttled event loop raises the p99 latency",
    wrong: (container) => {
      const request = millis(read(container, "resources.requests.cpu"));
      const limit = millis(read(container, "resources.limits.cpu"));
      return limit >= request * 2 && request > 0
        ? undefined
        : `resources.limits.cpu: got ${limit}m; allowed: ${request * 2}m or more`;
    },
    pass: { resources: { requests: { cpu: "250m" }, limits: { cpu: "1" } } },
    fail: { resources: { requests: { cpu: "250m" }, limits: { cpu: "300m" } } },
  }),
  podRule({
    id: "pod-scratch-bounded",
    controls: ["RES-06"],
    severity: "low",
    missingIs: "right",
    whatToDo: "set emptyDir.sizeLimit",
    wrong: ({ volumes }) => {
      const open = list(volumes)
        .map(record)
        .filter(({ emptyDir }) => emptyDir !== undefined && text(record(emptyDir).sizeLimit) === "");
      return open.length > 0 ? mismatch("volumes", open, "emptyDir with sizeLimit") : undefined;
    },
    pass: { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }] },
    fail: { volumes: [{ name: "tmp", emptyDir: {} }] },
  }),
  containerRule({
    id: "container-heap-bounded",
    controls: ["RES-07"],
    severity: "low",
    missingIs: "wrong",
    whatToDo: "set NODE_OPTIONS --max-old-space-size to three quarters of the memory limit",
    wrong: (container) => {
      if (!list(container.command).includes("node")) return undefined;
      const options = list(container.env)
        .map(record)
        .find(({ name }) => name === "NODE_OPTIONS")?.value;
      const heap = Number(/--max-old-space-size=(\d+)/.exec(text(options))?.[1] ?? 0);
      const limit = mebibytes(read(container, "resources.limits.memory"));
      const percent = limit === 0 ? 0 : Math.round((heap / limit) * 100);
      return percent >= 70 && percent <= 80
        ? undefined
        : `env NODE_OPTIONS: got ${percent} percent of the limit; allowed: 70 to 80`;
    },
    rest: { command: ["node"], resources: { limits: { memory: "512Mi" } } },
    pass: { env: [{ name: "NODE_OPTIONS", value: "--max-old-space-size=384" }] },
    fail: { env: [{ name: "NODE_OPTIONS", value: "--max-old-space-size=512" }] },
  }),
  containerRule({
    id: "container-variables-once",
    controls: ["REL-28"],
    severity: "low",
    missingIs: "right",
    whatToDo: "name each variable once: the last value wins silently",
    wrong: ({ env }) => {
      const names = list(env).map((one) => text(record(one).name));
      const twice = names.filter((name, index) => names.indexOf(name) < index);
      return twice.length > 0 ? `env: got ${twice.join(", ")} twice; allowed: once` : undefined;
    },
    pass: { env: [{ name: "A", value: "1" }] },
    fail: {
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    },
  }),
  containerRule({
    id: "container-variables-not-secret",
    controls: ["SEC-02"],
    severity: "critical",
    missingIs: "right",
    whatToDo: "mount it as a file from Secrets Manager; the services read NAME_FILE",
    wrong: ({ env }) => {
      const literal = list(env)
        .map(record)
        .filter(
          // A path to a file or a folder, or the ARN of a secret, is no secret.
          ({ name, value }) =>
            sensitive.test(text(name)) &&
            !/_(FILE|DIR|PATH|ARN|URL)$/.test(text(name)) &&
            text(value) !== "" &&
            !text(value).startsWith("arn:"),
        );
      return literal.length > 0
        ? `env: got a value for ${literal.map(({ name }) => text(name)).join(", ")}; allowed: none`
        : undefined;
    },
    pass: { env: [{ name: "DATABASE_PASSWORD_FILE", value: "/secrets/password" }] },
    fail: { env: [{ name: "DATABASE_PASSWORD", value: "example" }] },
  }),
  containerRule({
    id: "container-secrets-as-files",
    controls: ["SEC-03"],
    severity: "medium",
    environments: hardened,
    missingIs: "right",
    whatToDo: "mount the secret as a file: environment variables appear in crash reports",
    wrong: ({ env, envFrom }) => {
      const fromKeys = list(env).filter((one) => read(one, "valueFrom.secretKeyRef") !== undefined);
      const whole = list(envFrom).filter((one) => read(one, "secretRef") !== undefined);
      return fromKeys.length + whole.length > 0
        ? "env: got a secretKeyRef; allowed: mounted files"
        : undefined;
    },
    pass: { env: [{ name: "A", value: "1" }] },
    fail: { env: [{ name: "A", valueFrom: { secretKeyRef: { name: "a", key: "b" } } }] },
  }),
  custom({
    id: "settings-not-secret",
    controls: ["SEC-01"],
    severity: "critical",
    types: ["kubernetes:core/v1:ConfigMap"],
    missingIs: "right",
    whatToDo: "keep it in Secrets Manager",
    check: ({ data }) =>
      Object.entries(record(data))
        .filter(
          ([key, value]) =>
            sensitive.test(key.toUpperCase()) || /-----BEGIN [A-Z ]*PRIVATE KEY/.test(text(value)),
        )
        .map(([key]) => `data.${key}: got a credential; allowed: settings`),
    pass: { data: { level: "info" } },
    fail: { data: { "api-token": "example" } },
  }),
];

/** CPU in thousandths of a core. */
function millis(quantity: unknown): number {
  const [, number = "0", milli = ""] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text(quantity)) ?? [];
  return Number(number) * (milli === "m" ? 1 : 1000);
}

function mebibytes(quantity: unknown): number {
  const [, number = "0", unit = ""] = /^(\d+)(Mi|Gi)$/.exec(text(quantity)) ?? [];
  return Number(number) * (unit === "Gi" ? 1024 : 1);
}
