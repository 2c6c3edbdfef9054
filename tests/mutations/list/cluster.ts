import type { Mutation } from "../mutation.ts";

/** Cluster, node pools, controllers, namespace and workloads. */
export const clusterMutations: readonly Mutation[] = [
  {
    what: "the API server always has a public endpoint",
    file: "components/cluster/cluster/control-plane.ts",
    find: "endpointPublicAccess: settings.publicEndpoint,",
    replace: "endpointPublicAccess: true,",
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "the control plane has exactly these inputs",
    },
  },
  {
    what: "a node gives credentials without a token",
    file: "components/cluster/node-pools/launch-template.ts",
    find: 'httpTokens: "required"',
    replace: 'httpTokens: "optional"',
    caughtBy: {
      file: "components/cluster/node-pools/node-pools.test.ts",
      test: "a launch template has exactly these inputs",
    },
  },
  {
    what: "the volume add-on may grant the disk key to anybody",
    file: "components/cluster/eks-addons/roles.ts",
    find: '          conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },',
    replace: "",
    caughtBy: {
      file: "components/cluster/eks-addons/eks-addons.test.ts",
      test: "the volume driver uses the disk key and can grant it to EC2 only",
    },
  },
  {
    what: "the values of a chart name another service account than the pod identity",
    file: "components/cluster/charts/cluster-autoscaler.ts",
    find: "rbac: { serviceAccount: { name: charts.clusterAutoscaler.serviceAccount } },",
    replace: "serviceAccount: { name: charts.clusterAutoscaler.serviceAccount },",
    caughtBy: {
      file: "tests/policies/plans.test.ts",
      test: "dev breaks no rule that nobody has accepted",
    },
  },
  {
    what: "charts use the newest version",
    file: "components/cluster/charts/controller.ts",
    find: "      version: chart.version,",
    replace: "",
    caughtBy: {
      file: "components/cluster/charts/cluster-controllers.test.ts",
      test: "the load balancer controller has exactly these values, and manages neither load balancers nor the firewall",
    },
  },
  {
    what: "every role has the trust of the first caller of the helper",
    file: "components/base/roles/roles.ts",
    find: "assumeRolePolicy: trust",
    replace: 'assumeRolePolicy: "{}"',
    caughtBy: {
      file: "components/cluster/cluster/cluster.test.ts",
      test: "only EKS can assume the role of the control plane, and only for this cluster",
    },
  },
  {
    what: "a pod gets its role before the permissions are there",
    file: "components/cluster/pod-identity/pod-identity.ts",
    find: "dependsOn: [policy]",
    replace: "dependsOn: []",
    caughtBy: {
      file: "components/cluster/pod-identity/pod-identity.test.ts",
      test: "a pod identity is a role, one policy and the association with one service account",
    },
  },
  {
    what: "the controller of secrets works in every namespace",
    file: "components/cluster/external-secrets/external-secrets.ts",
    find: "scopedNamespace: args.namespace",
    replace: 'scopedNamespace: ""',
    caughtBy: {
      file: "components/cluster/external-secrets/external-secrets.test.ts",
      test: "the controller works in one namespace and has no permission in the whole cluster",
    },
  },
  {
    what: "pods stop while requests still arrive",
    file: "components/cluster/workload/deployment.ts",
    find: "sleep: { seconds: args.preStopSeconds }",
    replace: "sleep: { seconds: 0 }",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "a service gets more time to stop than it needs, and the API more than its load balancer",
    },
  },
  {
    what: "containers run without limits",
    file: "components/cluster/workload/pod.ts",
    find: "limits: { ...args.resources.limits, ",
    replace: "limits: { ",
    caughtBy: {
      file: "tests/program/workloads.test.ts",
      test: "in prod the scaling, spread and disruption budget of task-api follow its spec",
    },
  },
  {
    what: "images may come from anywhere",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: "c.image.startsWith(host)",
    replace: "c.image.contains(host)",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image of another host is refused in containers",
    },
  },
  {
    what: "images may be named by tag",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: "@sha256:[0-9a-f]{64}$",
    replace: "@sha256:[0-9a-f]{64}",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image without a digest is refused in containers",
    },
  },
  {
    what: "a host whose name only begins like ours counts as ours",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: 'imageHosts.map((host) => `"${host}/"`)',
    replace: 'imageHosts.map((host) => `"${host}"`)',
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "an image of another host is refused in containers",
    },
  },
  {
    what: "containers for debugging are not checked",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: ', "ephemeralContainers"]',
    replace: "]",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "a container in ephemeralContainers that sets runAsNonRoot to false is refused, and one that leaves it out is not",
    },
  },
  {
    what: "a volume brings any image past the admission policy",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: '"projected", "secret"]',
    replace: '"projected", "secret", "image"]',
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "a volume that can hold an image is refused, and the volume of a token is not",
    },
  },
  {
    what: "a pod from before the admission policy cannot be annotated",
    file: "components/cluster/namespace/admission-expressions.ts",
    find: "object.spec != oldObject.spec'",
    replace: "object != oldObject'",
    caughtBy: {
      file: "tests/program/admission.test.ts",
      test: "a pod from before the policy can be annotated and lose its finalizer, but its spec can only change into an allowed one",
    },
  },
  {
    what: "a deploy gives up in the middle of a rollout",
    file: "components/cluster/workload/rollout.ts",
    find: "(steps - 1) * stepSeconds + progressDeadlineSeconds",
    replace: "progressDeadlineSeconds",
    caughtBy: {
      file: "tests/program/rollouts.test.ts",
      test: "in prod a deploy waits longer than the slowest rollout and the longest migration take",
    },
  },
];
