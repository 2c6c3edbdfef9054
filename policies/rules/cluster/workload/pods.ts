import {
  containerRule,
  kebabCase,
  list,
  mismatch,
  podRule,
  type Rule,
  read,
  record,
  text,
} from "../../../kit/index.ts";

const volumeKinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

export const podRules: readonly Rule[] = [
  containerRule({
    id: "container-not-privileged",
    controls: ["POD-01"],
    severity: "critical",
    missingIs: "right",
    whatToDo: "remove privileged",
    wrong: (container) =>
      read(container, "securityContext.privileged") === true
        ? "privileged: got true; allowed: false"
        : undefined,
    pass: { securityContext: { privileged: false } },
    fail: { securityContext: { privileged: true } },
  }),
  ...(
    [
      ["hostPID", "POD-02"],
      ["hostIPC", "POD-03"],
      ["hostNetwork", "POD-04"],
    ] as const
  ).map(([key, control]) =>
    podRule({
      id: `pod-without-${kebabCase(key)}`,
      controls: [control],
      severity: "high",
      missingIs: "right",
      whatToDo: "leave it out: the pod would see what other pods of the node do",
      wrong: (pod) => (pod[key] === true ? `${key}: got true; allowed: false` : undefined),
      pass: { [key]: false },
      fail: { [key]: true },
    }),
  ),
  containerRule({
    id: "container-gains-nothing",
    controls: ["POD-05"],
    severity: "high",
    whatToDo: "set allowPrivilegeEscalation: false",
    wrong: (container) => {
      const got = read(container, "securityContext.allowPrivilegeEscalation");
      return got === false ? undefined : mismatch("allowPrivilegeEscalation", got, "false");
    },
    pass: { securityContext: { allowPrivilegeEscalation: false } },
    fail: { securityContext: { allowPrivilegeEscalation: true } },
  }),
  containerRule({
    id: "container-drops-capabilities",
    controls: ["POD-06"],
    severity: "high",
    whatToDo: 'set capabilities.drop: ["ALL"]',
    wrong: (container) =>
      list(read(container, "securityContext.capabilities.drop")).includes("ALL")
        ? undefined
        : "capabilities.drop: got no ALL",
    pass: { securityContext: { capabilities: { drop: ["ALL"] } } },
    fail: { securityContext: { capabilities: { drop: ["NET_RAW"] } } },
  }),
  containerRule({
    id: "container-adds-no-capability",
    controls: ["POD-07"],
    severity: "high",
    missingIs: "right",
    whatToDo: "remove it",
    wrong: (container) => {
      const added = list(read(container, "securityContext.capabilities.add")).filter(
        (one) => one !== "NET_BIND_SERVICE",
      );
      return added.length > 0 ? mismatch("capabilities.add", added, "nothing") : undefined;
    },
    pass: { securityContext: { capabilities: { add: [] } } },
    fail: { securityContext: { capabilities: { add: ["SYS_ADMIN"] } } },
  }),
  podRule({
    id: "pod-not-root",
    controls: ["POD-08"],
    severity: "high",
    whatToDo: "set runAsNonRoot: true for the pod, and for no container false",
    wrong: (pod) => {
      const override = list(pod.containers).some(
        (one) => read(one, "securityContext.runAsNonRoot") === false,
      );
      return read(pod, "securityContext.runAsNonRoot") === true && !override
        ? undefined
        : "runAsNonRoot: got no true; allowed: true";
    },
    pass: { securityContext: { runAsNonRoot: true } },
    fail: { securityContext: { runAsNonRoot: false } },
  }),
  ...(["runAsUser", "runAsGroup", "fsGroup"] as const).map((key) =>
    podRule({
      id: `pod-${kebabCase(key)}-high`,
      controls: ["POD-10"],
      severity: "low",
      whatToDo: "use 10001 or more: no user of a node has such an id",
      wrong: (pod) => {
        const got = read(pod, `securityContext.${key}`);
        return Number(got) >= 10_001 ? undefined : mismatch(key, got, "10001 or more");
      },
      pass: { securityContext: { [key]: 10_001 } },
      fail: { securityContext: { [key]: 0 } },
    }),
  ),
  podRule({
    id: "pod-calls-filtered",
    controls: ["POD-11"],
    severity: "medium",
    whatToDo: "set seccompProfile.type: RuntimeDefault for the pod",
    wrong: (pod) => {
      const got = read(pod, "securityContext.seccompProfile.type");
      return got === "RuntimeDefault" ? undefined : mismatch("seccompProfile.type", got, '"RuntimeDefault"');
    },
    pass: { securityContext: { seccompProfile: { type: "RuntimeDefault" } } },
    fail: { securityContext: { seccompProfile: { type: "Unconfined" } } },
  }),
  containerRule({
    id: "container-disk-read-only",
    controls: ["POD-12"],
    severity: "high",
    whatToDo: "set readOnlyRootFilesystem: true and mount an emptyDir at /tmp",
    wrong: (container) =>
      read(container, "securityContext.readOnlyRootFilesystem") === true
        ? undefined
        : "readOnlyRootFilesystem: got no true; allowed: true",
    pass: { securityContext: { readOnlyRootFilesystem: true } },
    fail: { securityContext: { readOnlyRootFilesystem: false } },
  }),
  containerRule({
    id: "container-security-stated",
    controls: ["POD-13"],
    severity: "medium",
    whatToDo: "state the security context of each container",
    wrong: (container) =>
      Object.keys(record(container.securityContext)).length > 0 ? undefined : "securityContext: got nothing",
    pass: { securityContext: { privileged: false } },
    fail: { securityContext: {} },
  }),
  podRule({
    id: "pod-volumes-harmless",
    controls: ["POD-14"],
    severity: "high",
    missingIs: "right",
    whatToDo: "use a kind of volume that does not expose the node",
    wrong: (pod) => {
      const kinds = list(pod.volumes).flatMap((one) =>
        Object.keys(record(one)).filter((key) => key !== "name"),
      );
      const bad = kinds.filter((kind) => !volumeKinds.includes(kind));
      return bad.length > 0
        ? `volumes: got ${bad.join(", ")}; allowed: ${volumeKinds.join(", ")}`
        : undefined;
    },
    pass: { volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }] },
    fail: { volumes: [{ name: "host", hostPath: { path: "/var/run" } }] },
  }),
  containerRule({
    id: "container-ports-plain",
    controls: ["POD-15", "POD-19"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "use a containerPort above 1024 and no hostPort",
    wrong: (container) => {
      const bad = list(container.ports).filter(
        (one) => record(one).hostPort !== undefined || Number(record(one).containerPort) <= 1024,
      );
      return bad.length > 0 ? mismatch("ports", bad, "containerPort above 1024, no hostPort") : undefined;
    },
    pass: { ports: [{ name: "http", containerPort: 8080 }] },
    fail: { ports: [{ name: "http", containerPort: 8080, hostPort: 80 }] },
  }),
  containerRule({
    id: "container-proc-masked",
    controls: ["POD-16"],
    severity: "medium",
    missingIs: "right",
    whatToDo: "leave procMount and sysctls out",
    wrong: (container, pod) => {
      const sysctls = list(read(pod, "securityContext.sysctls"));
      return read(container, "securityContext.procMount") !== undefined || sysctls.length > 0
        ? "procMount, sysctls: allowed: nothing"
        : undefined;
    },
    pass: { securityContext: { privileged: false } },
    fail: { securityContext: { procMount: "Unmasked" } },
  }),
  podRule({
    id: "pod-profile-standard",
    controls: ["POD-17"],
    severity: "low",
    missingIs: "right",
    whatToDo: "leave appArmorProfile at RuntimeDefault and seLinuxOptions out",
    wrong: (pod) => {
      const profile = read(pod, "securityContext.appArmorProfile.type");
      const linux = read(pod, "securityContext.seLinuxOptions");
      return (profile !== undefined && profile !== "RuntimeDefault") || linux !== undefined
        ? mismatch("appArmorProfile", profile, "RuntimeDefault")
        : undefined;
    },
    pass: { securityContext: { appArmorProfile: { type: "RuntimeDefault" } } },
    fail: { securityContext: { appArmorProfile: { type: "Unconfined" } } },
  }),
  podRule({
    id: "pod-hosts-from-dns",
    controls: ["POD-20"],
    severity: "low",
    missingIs: "right",
    whatToDo: "remove hostAliases",
    wrong: ({ hostAliases }) => (list(hostAliases).length > 0 ? "hostAliases: allowed: nothing" : undefined),
    pass: { hostAliases: [] },
    fail: { hostAliases: [{ ip: "10.0.0.1", hostnames: ["a"] }] },
  }),
  podRule({
    id: "pod-without-service-links",
    controls: ["POD-21"],
    severity: "low",
    whatToDo: "set enableServiceLinks: false: the variables name every service and slow the start",
    wrong: ({ enableServiceLinks }) =>
      enableServiceLinks === false ? undefined : mismatch("enableServiceLinks", enableServiceLinks, "false"),
    pass: { enableServiceLinks: false },
    fail: { enableServiceLinks: true },
  }),
  containerRule({
    id: "container-hears-signals",
    controls: ["POD-22"],
    severity: "low",
    missingIs: "right",
    whatToDo: "start the program directly: a shell does not pass SIGTERM on to it",
    wrong: ({ command, args }) => {
      const words = [...list(command), ...list(args)].map(text);
      return words.some((word) => /^(\/bin\/)?(sh|bash|ash)$/.test(word) || /\bsudo\b/.test(word))
        ? mismatch("command", words, "without a shell")
        : undefined;
    },
    pass: { command: ["node"], args: ["src/main.ts"] },
    fail: { command: ["sh", "-c", "node src/main.ts"] },
  }),
  podRule({
    id: "pod-processes-apart",
    controls: ["POD-23"],
    severity: "low",
    missingIs: "right",
    whatToDo: "remove shareProcessNamespace",
    wrong: ({ shareProcessNamespace }) =>
      shareProcessNamespace === true ? "shareProcessNamespace: got true; allowed: false" : undefined,
    pass: { shareProcessNamespace: false },
    fail: { shareProcessNamespace: true },
  }),
];
