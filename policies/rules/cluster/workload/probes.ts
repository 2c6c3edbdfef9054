import {
  containerRule,
  list,
  type Rule,
  read,
  record,
  servingTypes,
  show,
  text,
} from "../../../kit/index.ts";

export const probeRules: readonly Rule[] = [
  ...(["livenessProbe", "readinessProbe", "startupProbe"] as const).map((probe) =>
    containerRule({
      id: `container-${probe.replace("Probe", "")}-probed`,
      controls: [{ livenessProbe: "REL-01", readinessProbe: "REL-02", startupProbe: "REL-04" }[probe]],
      severity: probe === "readinessProbe" ? "high" : "medium",
      types: servingTypes,
      whatToDo: "add the probe on the admin port",
      wrong: (container) =>
        Object.keys(record(container[probe])).length > 0 ? undefined : `${probe}: got nothing`,
      pass: { [probe]: { httpGet: { path: "/livez", port: "admin" } } },
      fail: { [probe]: {} },
    }),
  ),
  containerRule({
    id: "container-probe-ports-named",
    controls: ["REL-05"],
    severity: "medium",
    types: servingTypes,
    missingIs: "right",
    whatToDo: "name a port that the container declares",
    wrong: (container) => {
      const names = list(container.ports).map((port) => text(record(port).name));
      const probed = ["livenessProbe", "readinessProbe", "startupProbe"].map((probe) =>
        text(read(container, `${probe}.httpGet.port`)),
      );
      const unknown = probed.filter((port) => port !== "" && !names.includes(port));
      return unknown.length > 0
        ? `probes: got port ${unknown.join(", ")}; allowed: ${show(names)}`
        : undefined;
    },
    pass: { ports: [{ name: "admin", containerPort: 8081 }], livenessProbe: { httpGet: { port: "admin" } } },
    fail: { ports: [{ name: "http", containerPort: 8080 }], livenessProbe: { httpGet: { port: "admin" } } },
  }),
];
