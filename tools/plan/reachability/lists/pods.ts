import { type Inputs, inside, itemsOf, type Model } from "../model.ts";
import {
  addonPods,
  awsService,
  chartPods,
  controlPlaneOf,
  internet,
  loadBalancersOf,
  nodeAddresses,
  type PodPlace,
  podsOf,
  replicatorsOf,
  type Store,
  storesOf,
} from "../places/index.ts";
import type { Expectation, Inside, Place } from "../types.ts";
import { https, reach } from "./reach.ts";

export function names(model: Model): Expectation[] {
  const dns = addonPods(model, "coredns", "kube-dns");
  const pods: readonly Inside[] = [
    ...podsOf(model).map(({ place }) => place),
    ...Object.values(chartPods(model)),
  ];
  return [
    ...pods.flatMap((pod) =>
      (["udp", "tcp"] as const).map((protocol) => reach("names", pod, dns, 53, { protocol })),
    ),
    reach("names outside of the cluster", dns, nodeAddresses(model).resolver, 53, { protocol: "udp" }),
  ];
}

/** Stores, schema registry, issuer and secrets, by the addresses in the variables of the pods. */
export function dependencies(model: Model): Expectation[] {
  const stores = storesOf(model);
  const events = stores.filter(({ kind }) => kind === "events");
  const copies = replicatorsOf(model).flatMap((from) =>
    events.map(({ place, port }) => reach("copies of events", from, place, port)),
  );
  return [...copies, ...podsOf(model).flatMap((pod) => needsOf(model, pod, stores))];
}

function needsOf(model: Model, pod: PodPlace, stores: readonly Store[]): Expectation[] {
  return [
    ...stores
      .filter((store) => isClient(pod, store.hosts))
      .map(({ place, port }) => reach("a store", pod.place, place, port)),
    ...urlsOf(pod).map(({ name, url }) => serviceAt(model, pod, name, url)),
    ...("DATABASE_SECRET_ARN" in pod.variables
      ? [secretOf(model, pod.place, pod.variables.DATABASE_SECRET_ARN)]
      : []),
  ];
}

/** Whether a variable holds one of the host names. */
export function isClient({ variables }: PodPlace, hosts: readonly string[]): boolean {
  return Object.values(variables).some((value) => hosts.some((host) => String(value).includes(host)));
}

function urlsOf({ variables }: PodPlace): { readonly name: string; readonly url: URL }[] {
  return ["AUTH_JWKS_URL", "SCHEMA_REGISTRY_URL"].flatMap((name) => {
    const value = variables[name];
    return value === undefined ? [] : [{ name, url: new URL(value) }];
  });
}

function serviceAt(model: Model, pod: PodPlace, variable: string, url: URL): Expectation {
  const what = variable === "AUTH_JWKS_URL" ? "signing keys of tokens" : "schemas";
  const port = Number(url.port || (url.protocol === "https:" ? https : 80));
  const [, namespace] = /^[^.]+\.([^.]+)\.svc\.cluster\.local$/.exec(url.hostname) ?? [];
  if (namespace !== undefined) {
    const place = { ...pod.place, name: url.hostname, pod: { namespace, labels: {} } };
    return reach(what, pod.place, place, port);
  }
  const [cidr] = JSON.parse(model.config("schemaRegistryCidrs") ?? "[]") as readonly string[];
  if (variable === "SCHEMA_REGISTRY_URL" && cidr !== undefined) {
    const place = { where: "connected", name: url.hostname, cidr } as const;
    return reach(what, pod.place, place, port, { outside: "the network of the schema registry is not ours" });
  }
  return reach(what, pod.place, internet(url.hostname), port);
}

function secretOf(model: Model, from: Place, arn = "*"): Expectation {
  return reach("a secret", from, awsService(model, "secretsmanager"), https, {
    request: { action: "secretsmanager:GetSecretValue", resource: arn, account: model.accountId },
  });
}

/** What the charts call. @throws Error for a chart that is not listed here. */
const services: Readonly<Record<string, readonly string[]>> = {
  "aws-load-balancer-controller": ["ec2", "elasticloadbalancing"],
  "cluster-autoscaler": ["autoscaling", "ec2", "eks"],
  "external-secrets": ["secretsmanager"],
};

export function controllers(model: Model): Expectation[] {
  return Object.entries(chartPods(model)).flatMap(([chart, place]) => [
    reach("a watch", place, controlPlaneOf(model), https),
    ...(services[chart] ?? []).map((service) =>
      reach("a call of AWS", place, awsService(model, service), https, {
        request: { action: `${service}:Call`, resource: "*", account: model.accountId },
      }),
    ),
  ]);
}

/** From clients by the load balancer to the pods behind each binding, on the port of the Service and on that of the check. */
export function clients(model: Model): Expectation[] {
  const bindings = model.all("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding");
  return loadBalancersOf(model).flatMap(({ place }) => [
    ...entrances(model).map(({ from, port }) => reach("a request", from, place, port)),
    ...bindings.flatMap(({ inputs }) =>
      targetsOf(model, inputs).map(({ pod, port, what }) => reach(what, place, pod, port)),
    ),
  ]);
}

function entrances(model: Model): { readonly from: Place; readonly port: number }[] {
  const prefixList = model.config("originPrefixListId") ?? "";
  if (prefixList === "") return [https, 80].map((port) => ({ from: internet("clients"), port }));
  return [{ from: { ...internet("CloudFront"), prefixList }, port: https }];
}

function targetsOf(model: Model, binding: Inputs) {
  const { serviceRef, targetGroupARN } = inside(binding, "spec");
  const { name, port } = serviceRef as Inputs;
  const service = model
    .all("kubernetes:core/v1:Service")
    .find(({ inputs }) => inside(inputs, "metadata").name === name);
  const number = itemsOf(service?.inputs, "spec", "ports").find((one) => one.name === port);
  const group = model
    .all("aws:lb/targetGroup:TargetGroup")
    .find(({ outputs }) => outputs.arn === targetGroupARN);
  const check = inside(group?.inputs, "healthCheck").port;
  const selector = inside(service?.inputs, "spec", "selector");
  const pods = podsOf(model).filter(({ place }) =>
    Object.entries(selector).every(([key, value]) => place.pod.labels[key] === value),
  );
  return pods.flatMap((pod) => {
    const target = number?.targetPort;
    const own = typeof target === "string" ? pod.ports[target] : Number(target ?? number?.port);
    const health = check === "traffic-port" ? own : Number(check);
    return [
      { pod: pod.place, port: Number(own), what: "a request" },
      { pod: pod.place, port: Number(health), what: "a health check" },
    ];
  });
}
