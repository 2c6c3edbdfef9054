import { isRecord, overStack, type Plain, type Rule, show, unknownValue } from "../../kit/index.ts";

/** Kubernetes, "Labels and Selectors": syntax and character set. */
const labelKey =
  /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

/** Properties that hold labels, wherever they are in an object. */
const places = ["labels", "matchLabels", "nodeSelector"];

/** Every map of labels in an object, with its place. */
function labelsIn(part: unknown, at: string): readonly (readonly [string, Plain])[] {
  if (Array.isArray(part)) return part.flatMap((item, index) => labelsIn(item, `${at}[${index}]`));
  if (!isRecord(part)) return [];
  return Object.entries(part).flatMap(([name, inner]) => {
    const place = at === "" ? name : `${at}.${name}`;
    const own = places.includes(name) && isRecord(inner) ? [[place, inner] as const] : [];
    return [...own, ...labelsIn(inner, place)];
  });
}

function isAccepted([key, value]: readonly [string, unknown]): boolean {
  if (value === unknownValue) return true;
  return labelKey.test(key) && typeof value === "string" && labelValue.test(value);
}

const deployment = "kubernetes:apps/v1:Deployment";

export const labelRules: readonly Rule[] = [
  overStack({
    id: "label-accepted",
    controls: ["NS-04"],
    severity: "high",
    missingIs: "right",
    whatToDo:
      "use at most 63 letters, digits and any of . _ -, with a letter or a digit at both ends: the API server refuses the object otherwise",
    check: (stack) =>
      stack.resources
        // What a chart gets is values, and its templates make labels of them.
        .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm"))
        .flatMap((resource) =>
          labelsIn(resource.inputs, "").flatMap(([place, labels]) =>
            Object.entries(labels)
              .filter((label) => !isAccepted(label))
              .map(([key, value]) => ({ resource, message: `${place}: got ${key} ${show(value)}` })),
          ),
        ),
    pass: [{ type: deployment, inputs: { metadata: { labels: { "a.io/owner": "platform-1", empty: "" } } } }],
    fail: [
      {
        type: deployment,
        inputs: { spec: { template: { metadata: { labels: { owner: "Platform Team" } } } } },
      },
    ],
    missing: [{ type: deployment }],
  }),
];
