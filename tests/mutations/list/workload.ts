import type { Mutation } from "../mutation.ts";

/** The block "workload". */
export const workloadMutations: readonly Mutation[] = [
  {
    what: "pods have no readiness probe",
    file: "components/cluster/workload/workload.ts",
    find: "    readinessProbe: {",
    replace: "    startupProbeOfOldPods: {",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "each probe asks the admin port by name, for its own path",
    },
  },
  {
    what: "a pod that hangs is never restarted",
    file: "components/cluster/workload/workload.ts",
    find: "...admin(paths.live)",
    replace: "...admin(paths.startup)",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "each probe asks the admin port by name, for its own path",
    },
  },
  {
    what: "pods hold a token of the API server",
    file: "components/cluster/workload/workload.ts",
    find: "    automountServiceAccountToken: false,",
    replace: "    automountServiceAccountToken: true,",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the pod meets Pod Security restricted and holds no credentials of the cluster",
    },
  },
  {
    what: "a rollout takes pods away first",
    file: "components/cluster/workload/workload.ts",
    find: "maxUnavailable: 0, maxSurge: 1",
    replace: "maxUnavailable: 1, maxSurge: 0",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "a rollout never has fewer pods than were asked for, and the autoscaler alone decides how many",
    },
  },
  {
    what: "node upgrades take all pods at once",
    file: "components/cluster/workload/workload.ts",
    find: "        minAvailable: keepAvailable,",
    replace: "        minAvailable: 0,",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "a drain keeps the promised pods, evicts broken ones, and is free where nothing is promised",
    },
  },
  {
    what: "pods pile up in one zone",
    file: "components/cluster/workload/workload.ts",
    find: 'required ? "DoNotSchedule" : "ScheduleAnyway"',
    replace: '"ScheduleAnyway"',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "pods of one rollout are spread over zones and never share a host, where that is required",
    },
  },
  {
    what: "pods end while requests still come",
    file: "components/cluster/workload/workload.ts",
    find: "sleep: { seconds: args.preStopSeconds }",
    replace: "sleep: { seconds: 0 }",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service has more time to stop than it takes, and the API longer than its load balancer",
    },
  },
  {
    what: "pods scale when it is too late",
    file: "components/cluster/workload/workload.ts",
    find: 'utilization("cpu", 70)',
    replace: 'utilization("cpu", 95)',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the autoscaler follows CPU and memory, up by doubling and down by quarters",
    },
  },
  {
    what: "containers may gain rights",
    file: "components/cluster/workload/pod.ts",
    find: "allowPrivilegeEscalation: false",
    replace: "allowPrivilegeEscalation: true",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the pod meets Pod Security restricted and holds no credentials of the cluster",
    },
  },
  {
    what: "containers write to their own image",
    file: "components/cluster/workload/pod.ts",
    find: "readOnlyRootFilesystem: true",
    replace: "readOnlyRootFilesystem: false",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the pod meets Pod Security restricted and holds no credentials of the cluster",
    },
  },
  {
    what: "containers keep the capabilities of root",
    file: "components/cluster/workload/pod.ts",
    find: 'capabilities: { drop: ["ALL"] }',
    replace: 'capabilities: { drop: ["NET_RAW"] }',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the pod meets Pod Security restricted and holds no credentials of the cluster",
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
    what: "pods talk to everybody until a policy says otherwise",
    file: "components/cluster/workload/namespace.ts",
    find: 'policyTypes: ["Ingress", "Egress"]',
    replace: 'policyTypes: ["Ingress"]',
    caughtBy: {
      file: "components/cluster/workload/namespace.test.ts",
      test: "until a policy says otherwise nothing comes in and nothing goes out",
    },
  },
  {
    what: "the namespace admits privileged pods",
    file: "components/cluster/workload/namespace.ts",
    find: '"restricted"]',
    replace: '"privileged"]',
    caughtBy: {
      file: "components/cluster/workload/namespace.test.ts",
      test: "a namespace refuses pods that are not restricted and waits for the load balancer at rollouts",
    },
  },
  {
    what: "pods call whom they like",
    file: "components/cluster/workload/network-policy.ts",
    find: '        policyTypes: ["Ingress", "Egress"],',
    replace: '        policyTypes: ["Ingress"],',
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "traffic goes only where it is listed, and to the cluster's DNS",
    },
  },
  {
    what: "what is stopped runs a pod",
    file: "components/cluster/workload/workload.ts",
    find: "{ replicas: 0 }",
    replace: "{ replicas: 1 }",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a stopped Deployment differs by its 0 replicas only, so that a start changes nothing else",
    },
  },
  {
    what: "an autoscaler stands over what is stopped",
    file: "components/cluster/workload/workload.ts",
    find: '    if (args.settings.state === "running") createScaling',
    replace: "    createScaling",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "a stopped workload is declared with all that belongs to it, but for what keeps running pods up",
    },
  },
  {
    what: "a deploy waits for pods that never come",
    file: "components/cluster/workload/workload.ts",
    find: '"pulumi.com/skipAwait": "true", ',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "nobody waits for pods that never come, and a 0 is written over what an autoscaler wrote",
    },
  },
  {
    what: "a workload that ran cannot be stopped",
    file: "components/cluster/workload/workload.ts",
    find: ', "pulumi.com/patchForce": "true"',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/stopped.test.ts",
      test: "nobody waits for pods that never come, and a 0 is written over what an autoscaler wrote",
    },
  },
  {
    what: "workers come before the API",
    file: "components/cluster/workload/priority-classes.ts",
    find: "value: 3000",
    replace: "value: 1500",
    caughtBy: {
      file: "components/cluster/workload/priority-classes.test.ts",
      test: "the API comes before the workers, they before jobs, and jobs before what names no class",
    },
  },
  {
    what: "workers end the work of others",
    file: "components/cluster/workload/priority-classes.ts",
    find: '    description: "Works on',
    replace: '    ["preemptionPolicy" as string]: "PreemptLowerPriority", description: "Works on',
    caughtBy: {
      file: "components/cluster/workload/priority-classes.test.ts",
      test: "users alone may end the work of others",
    },
  },
  {
    what: "a class is the default of the cluster",
    file: "components/cluster/workload/priority-classes.ts",
    find: "globalDefault: false",
    replace: "globalDefault: true",
    caughtBy: {
      file: "components/cluster/workload/priority-classes.test.ts",
      test: "no class is the default of the cluster, and each has a name of the whole cluster",
    },
  },
  {
    what: "pods have no priority",
    file: "components/cluster/workload/workload.ts",
    find: "    priorityClassName: args.priorityClass,",
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "the pod meets Pod Security restricted and holds no credentials of the cluster",
    },
  },
  {
    what: "callers in the cluster cross zones",
    file: "components/cluster/workload/workload.ts",
    find: '        trafficDistribution: "PreferSameZone",',
    replace: "",
    caughtBy: {
      file: "components/cluster/workload/workload.test.ts",
      test: "a service is reached inside the cluster by the names of its ports; who has none has no service",
    },
  },
];
