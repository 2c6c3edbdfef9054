import type { Model } from "../model.ts";
import {
  addonPods,
  awsService,
  callersOf,
  chartPods,
  controlPlaneOf,
  internet,
  nodeAddresses,
  nodesOf,
  operatorsOf,
  podsOf,
  publicApi,
} from "../places/index.ts";
import type { AwsRequest, Expectation } from "../types.ts";
import { https, kubelet, reach } from "./reach.ts";

/** Buckets with another name than the others (kubernetes/registry.k8s.io, buckets.go). Not taken from the program, which it judges. */
const kubernetesLayerBuckets: Readonly<Record<string, string>> = {
  "eu-west-2": "767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2",
};

/** Registries of the images of charts, by chart. Layers of `registry.k8s.io` come from a bucket of the region. */
const registries: Readonly<Record<string, string>> = {
  "aws-load-balancer-controller": "public.ecr.aws",
  "cluster-autoscaler": "registry.k8s.io",
  "external-secrets": "ghcr.io",
};

export function images(model: Model): Expectation[] {
  const { region, accountId: account } = model;
  const charts = Object.keys(chartPods(model));
  const hosts = charts.map((chart) => {
    const host = registries[chart];
    if (host === undefined)
      throw new Error(`chart ${chart}: name the registry of its images in reachability`);
    return host;
  });
  const layer = (bucket: string): AwsRequest => ({
    action: "s3:GetObject",
    resource: `arn:aws:s3:::${bucket}/layer`,
  });
  const pull: AwsRequest = { action: "ecr:BatchGetImage", resource: "*", account };
  return Object.values(nodesOf(model)).flatMap((nodes) => [
    reach("images: manifests", nodes, awsService(model, "ecr.dkr"), https, { request: pull }),
    reach("images: token", nodes, awsService(model, "ecr.api"), https, { request: pull }),
    reach("images: layers of ECR", nodes, awsService(model, "s3"), https, {
      request: layer(`prod-${region}-starport-layer-bucket`),
    }),
    ...[...new Set(hosts)].map((host) => reach("images of charts", nodes, internet(host), https)),
    ...(hosts.includes("registry.k8s.io")
      ? [
          reach("images: layers of registry.k8s.io", nodes, awsService(model, "s3"), https, {
            request: layer(kubernetesLayerBuckets[region] ?? `prod-registry-k8s-io-${region}`),
          }),
        ]
      : []),
  ]);
}

/** The agent on the node gives a pod its credentials, and gets them from EKS. */
export function tokens(model: Model): Expectation[] {
  const { identityAgent } = nodeAddresses(model);
  const account = model.accountId;
  const call = (action: string): AwsRequest => ({ action, resource: "*", account });
  const accounts = new Set(
    model
      .all("aws:eks/podIdentityAssociation:PodIdentityAssociation")
      .map(({ inputs }) => String(inputs.serviceAccount)),
  );
  const charts = Object.entries(chartPods(model)).filter(([chart]) => accounts.has(chart));
  const pods = [
    ...podsOf(model).filter(({ serviceAccount }) => accounts.has(serviceAccount)),
    ...charts.map(([, place]) => ({ place })),
  ];
  return [
    ...pods.map(({ place }) => reach("a token", place, identityAgent, 80)),
    ...Object.values(nodesOf(model)).flatMap((nodes) => [
      reach("tokens of pods", nodes, awsService(model, "eks-auth"), https, {
        request: call("eks-auth:AssumeRoleForPodIdentity"),
      }),
      reach("tokens of nodes", nodes, awsService(model, "sts"), https, {
        request: call("sts:GetCallerIdentity"),
      }),
      reach("logs of an agent", nodes, awsService(model, "logs"), https, {
        request: call("logs:PutLogEvents"),
      }),
    ]),
  ];
}

/** To and from the API server: kubelets, webhooks, the metrics of pods, people and pipelines. */
export function apiServer(model: Model): Expectation[] {
  const api = controlPlaneOf(model);
  const nodes = Object.values(nodesOf(model));
  const meter = addonPods(model, "metrics-server", "metrics-server");
  const balancer = chartPods(model)["aws-load-balancer-controller"];
  return [
    ...nodes.flatMap((one) => [
      reach("a kubelet", one, api, https),
      reach("logs and exec of pods", api, one, kubelet),
      reach("metrics for autoscaling", meter, one, kubelet),
      ...nodes.map((other) => reach("between nodes", one, other, kubelet)),
    ]),
    reach("metrics for autoscaling", api, meter, 10_251),
    ...(balancer ? [reach("a webhook", api, balancer, 9443)] : []),
    ...operatorsOf(model).map((cidr) =>
      reach("an operator", { ...internet(`operators ${cidr}`), cidr }, publicApi(model, cidr), https),
    ),
    ...callersOf(model).map((caller) =>
      reach("a deploy or an operator", caller, api, https, {
        outside: "who connects the network of the caller is not in the plan",
      }),
    ),
  ];
}
