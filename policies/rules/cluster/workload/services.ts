import {
  containersOf,
  custom,
  list,
  mismatch,
  overStack,
  type Rule,
  read,
  record,
  show,
  text,
  unless,
} from "../../../kit/index.ts";
import {
  exampleLabels as labels,
  exampleMetadata as metadata,
  selected,
  exampleWorkload as workload,
} from "./scaling.ts";

const service = "kubernetes:core/v1:Service";

export const serviceRules: readonly Rule[] = [
  custom({
    id: "service-inside",
    controls: ["SVC-01"],
    severity: "medium",
    types: [service],
    missingIs: "right",
    whatToDo: "use ClusterIP: the load balancer of this program sends to pods directly",
    check: (inputs) => {
      const type = read(inputs, "spec.type");
      return unless(type === undefined || type === "ClusterIP", mismatch("spec.type", type, '"ClusterIP"'));
    },
    pass: { spec: { type: "ClusterIP" } },
    fail: { spec: { type: "LoadBalancer" } },
  }),
  custom({
    id: "service-prefers-near",
    controls: ["SVC-04"],
    severity: "low",
    environments: ["prod"],
    types: [service],
    whatToDo: 'set trafficDistribution "PreferSameZone": traffic between zones is billed twice',
    check: (inputs) => {
      const got = text(read(inputs, "spec.trafficDistribution"));
      return unless(
        ["PreferClose", "PreferSameZone"].includes(got),
        mismatch("spec.trafficDistribution", got, '"PreferSameZone", before 1.34 "PreferClose"'),
      );
    },
    pass: { spec: { trafficDistribution: "PreferSameZone" } },
    fail: { spec: { trafficDistribution: "" } },
  }),
  custom({
    id: "service-without-external-addresses",
    controls: ["SVC-02"],
    severity: "high",
    types: [service],
    missingIs: "right",
    whatToDo: "remove externalIPs: a service that sets one takes the traffic of that address",
    check: (inputs) =>
      list(read(inputs, "spec.externalIPs")).length > 0 ? ["spec.externalIPs: allowed: nothing"] : [],
    pass: { spec: { externalIPs: [] } },
    fail: { spec: { externalIPs: ["198.51.100.1"] } },
  }),
  overStack({
    id: "service-finds-pods",
    controls: ["SVC-03"],
    severity: "medium",
    whatToDo: "make the selector match a workload, and name ports that its containers have",
    check: (stack) =>
      stack.of(service).flatMap((resource) => {
        const selector = record(read(resource.inputs, "spec.selector"));
        const targets = Object.keys(selector).length === 0 ? [] : selected(stack, resource, selector);
        if (targets.length === 0)
          return [{ resource, message: mismatch("spec.selector", selector, "labels of a workload") }];
        const names = targets
          .flatMap((one) => containersOf(one.inputs))
          .flatMap(({ spec }) => list(spec.ports).map((port) => text(record(port).name)));
        return list(read(resource.inputs, "spec.ports"))
          .map((port) => text(record(port).targetPort))
          .filter((port) => port !== "" && Number.isNaN(Number(port)) && !names.includes(port))
          .map((port) => ({
            resource,
            message: `spec.ports: got targetPort "${port}"; allowed: ${show(names)}`,
          }));
      }),
    pass: [
      workload,
      {
        type: service,
        inputs: { metadata, spec: { selector: labels, ports: [{ port: 80, targetPort: "http" }] } },
      },
    ],
    fail: [workload, { type: service, inputs: { metadata, spec: { selector: { app: "other" } } } }],
    missing: [workload, { type: service, inputs: { metadata } }],
  }),
];
