/** Pods the collector reads, by Kubernetes service discovery. */
export interface ScrapeTarget {
  readonly namespace: string;
  /** Named port of the metrics in the manifests. */
  readonly port: string;
  readonly path: string;
}

/** Seconds: specification, sections 7 and 8. */
const interval = 15;
const timeout = 10;

/** Scrape configuration of every pod of a namespace that has the port; the workload's name becomes `service`. */
export function scrapeConfiguration({ namespace, port, path }: ScrapeTarget): string {
  const relabel = (source: string, rest: readonly string[]): string[] => [
    `      - source_labels: [${source}]`,
    ...rest.map((line) => `        ${line}`),
  ];
  return [
    "global:",
    `  scrape_interval: ${interval}s`,
    `  scrape_timeout: ${timeout}s`,
    "scrape_configs:",
    "  - job_name: workloads",
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
    "",
  ].join("\n");
}
