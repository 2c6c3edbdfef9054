/** Pods the collector reads, by Kubernetes service discovery. */
export interface ScrapeTarget {
  /** Name of the job, on every series of it. */
  readonly job: string;
  readonly namespace: string;
  /** Named port of the metrics in the manifests. */
  readonly port: string;
  readonly path: string;
}

/** Seconds: specification, sections 7 and 8. */
const interval = 15;
const timeout = 10;

/** Scrape configuration of every pod of the namespaces that has the port; the workload's name becomes `service`. */
export function scrapeConfiguration(targets: readonly ScrapeTarget[]): string {
  return [
    "global:",
    `  scrape_interval: ${interval}s`,
    `  scrape_timeout: ${timeout}s`,
    "scrape_configs:",
    ...targets.flatMap(jobLines),
    "",
  ].join("\n");
}

function jobLines({ job, namespace, port, path }: ScrapeTarget): string[] {
  const relabel = (source: string, rest: readonly string[]): string[] => [
    `      - source_labels: [${source}]`,
    ...rest.map((line) => `        ${line}`),
  ];
  return [
    `  - job_name: ${job}`,
    `    metrics_path: ${path}`,
    "    kubernetes_sd_configs:",
    "      - role: pod",
    "        namespaces:",
    `          names: [${namespace}]`,
    "    relabel_configs:",
    ...relabel("__meta_kubernetes_pod_container_port_name", [`regex: ${port}`, "action: keep"]),
    ...relabel("__meta_kubernetes_pod_phase", ["regex: Running", "action: keep"]),
    ...relabel("__meta_kubernetes_pod_label_app_kubernetes_io_name", ["target_label: service"]),
    ...relabel("__meta_kubernetes_pod_name", ["target_label: pod"]),
  ];
}
