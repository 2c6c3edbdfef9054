import type { Mutation } from "../mutation.ts";

/** The block "workload". */
export const workloadMutations: readonly Mutation[] = [
  {
    what: "pods have no readiness probe",
    file: "components/cluster/workload/deployment.ts",
    find: "    readinessProbe: {",
    replace: "    startupProbeOfOldPods: {",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "a pod that hangs is never restarted",
    file: "components/cluster/workload/deployment.ts",
    find: "...admin(paths.live)",
    replace: "...admin(paths.startup)",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "pods have a token of the API server",
    file: "components/cluster/workload/deployment.ts",
    find: "    automountServiceAccountToken: false,",
    replace: "    automountServiceAccountToken: true,",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "a rollout stops old pods before new ones are ready",
    file: "components/cluster/workload/deployment.ts",
    find: "maxUnavailable: 0, maxSurge: 1",
    replace: "maxUnavailable: 1, maxSurge: 0",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "a node upgrade evicts all pods at once",
    file: "components/cluster/workload/scaling.ts",
    find: "        minAvailable: keepAvailable,",
    replace: "        minAvailable: 0,",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "a drain keeps the pods of keepAvailable and evicts broken ones; with 0 there is no disruption budget",
    },
  },
  {
    what: "pods pile up in one zone",
    file: "components/cluster/workload/deployment.ts",
    find: 'required ? "DoNotSchedule" : "ScheduleAnyway"',
    replace: '"ScheduleAnyway"',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "pods stop while requests still arrive",
    file: "components/cluster/workload/deployment.ts",
    find: "sleep: { seconds: args.preStopSeconds }",
    replace: "sleep: { seconds: 0 }",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service has more time to stop than it takes, and the API longer than its load balancer",
    },
  },
  {
    what: "pods scale too late",
    file: "components/cluster/workload/scaling.ts",
    find: 'utilization("cpu", 70)',
    replace: 'utilization("cpu", 95)',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the autoscaler follows CPU and memory: it at most doubles, and removes at most a quarter",
    },
  },
  {
    what: "containers may gain privileges",
    file: "components/cluster/workload/pod.ts",
    find: "allowPrivilegeEscalation: false",
    replace: "allowPrivilegeEscalation: true",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "containers write to their own image",
    file: "components/cluster/workload/pod.ts",
    find: "readOnlyRootFilesystem: true",
    replace: "readOnlyRootFilesystem: false",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "containers keep the capabilities of root",
    file: "components/cluster/workload/pod.ts",
    find: 'capabilities: { drop: ["ALL"] }',
    replace: 'capabilities: { drop: ["NET_RAW"] }',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "containers run without limits",
    file: "components/cluster/workload/pod.ts",
    find: "limits: { ...args.resources.limits }",
    replace: "limits: {}",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod task-api scales, spreads and is disrupted as its page says",
    },
  },
  {
    what: "pods may call everything without another policy",
    file: "components/cluster/namespace/namespace.ts",
    find: 'policyTypes: ["Ingress", "Egress"]',
    replace: 'policyTypes: ["Ingress"]',
    caughtBy: {
      file: "components/cluster/namespace/namespace.test.ts",
      test: "a namespace is exactly these objects",
    },
  },
  {
    what: "the namespace admits privileged pods",
    file: "components/cluster/namespace/namespace.ts",
    find: '"restricted"]',
    replace: '"privileged"]',
    caughtBy: {
      file: "components/cluster/namespace/namespace.test.ts",
      test: "a namespace is exactly these objects",
    },
  },
  {
    what: "pods may call everything",
    file: "components/cluster/workload/network-policy.ts",
    find: '        policyTypes: ["Ingress", "Egress"],',
    replace: '        policyTypes: ["Ingress"],',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the network policy admits the listed traffic and the DNS of the cluster",
    },
  },
  {
    what: "a stopped workload runs a pod",
    file: "components/cluster/workload/deployment.ts",
    find: "{ replicas: 0 }",
    replace: "{ replicas: 1 }",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a stopped Deployment differs from a running one by 0 replicas only",
    },
  },
  {
    what: "a stopped workload has an autoscaler",
    file: "components/cluster/workload/workload.ts",
    find: '    if (args.settings.state === "running") createScaling',
    replace: "    createScaling",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a stopped workload keeps all its objects except the autoscaler and the disruption budget",
    },
  },
  {
    what: "a deploy waits for pods that never come",
    file: "components/cluster/workload/stopped.ts",
    find: '"pulumi.com/skipAwait": "true", ',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a deploy does not wait for stopped pods, and the 0 overwrites the value of the autoscaler",
    },
  },
  {
    what: "a workload that ran cannot be stopped",
    file: "components/cluster/workload/stopped.ts",
    find: ', "pulumi.com/patchForce": "true"',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a deploy does not wait for stopped pods, and the 0 overwrites the value of the autoscaler",
    },
  },
  {
    what: "workers come before the API",
    file: "components/cluster/namespace/priority-classes.ts",
    find: "value: 3000",
    replace: "value: 1500",
    caughtBy: {
      file: "components/cluster/namespace/priority-classes.test.ts",
      test: "the API comes before workers, workers before jobs, and jobs before pods without a class",
    },
  },
  {
    what: "workers may evict other pods",
    file: "components/cluster/namespace/priority-classes.ts",
    in: "priorities > worker",
    find: 'preemptionPolicy: "Never"',
    replace: 'preemptionPolicy: "PreemptLowerPriority"',
    caughtBy: {
      file: "components/cluster/namespace/priority-classes.test.ts",
      test: "only pods of the API may evict other pods",
    },
  },
  {
    what: "a class is the default of the cluster",
    file: "components/cluster/namespace/priority-classes.ts",
    find: "globalDefault: false",
    replace: "globalDefault: true",
    caughtBy: {
      file: "components/cluster/namespace/priority-classes.test.ts",
      test: "no class is the default of the cluster, and each name has the prefix",
    },
  },
  {
    what: "pods have no priority",
    file: "components/cluster/workload/deployment.ts",
    find: "    priorityClassName: args.priorityClass,",
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the Deployment is exactly this object",
    },
  },
  {
    what: "calls inside the cluster cross zones",
    file: "components/cluster/workload/workload.ts",
    find: '        trafficDistribution: "PreferSameZone",',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "a Service reaches named ports inside the cluster, and a workload without ports has no Service",
    },
  },
];
