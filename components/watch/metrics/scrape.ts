import { oneLine, yamlText } from "../../base/core/index.ts";

/** Pods that the collector scrapes, found by Kubernetes service discovery. */
export interface ScrapeTarget {
  /** Job name, a label of all its series. */
  readonly job: string;
  readonly namespace: string;
  /** Name of the metrics port in the manifests. */
  readonly port: string;
  readonly path: string;
}

/**
 * Seconds. The service takes no shorter interval (AMP guide, "Scraper limitations"); the 15 s of docs/requirements.md are for
 * a Prometheus inside the cluster.
 */
const interval = 30;
const timeout = 10;

/** Scrapes every pod of the namespaces that has the port. The label `service` is the workload's name. */
export function scrapeConfiguration(targets: readonly ScrapeTarget[]): string {
  return yamlText({
    global: { scrape_interval: `${interval}s`, scrape_timeout: `${timeout}s` },
    scrape_configs: targets.map(jobOf),
  });
}

function jobOf({ job, namespace, port, path }: ScrapeTarget): unknown {
  const relabel = (source: string, rest: Readonly<Record<string, string>>) => ({
    source_labels: oneLine([source]),
    ...rest,
  });
  return {
    job_name: job,
    metrics_path: path,
    kubernetes_sd_configs: [{ role: "pod", namespaces: { names: oneLine([namespace]) } }],
    relabel_configs: [
      relabel("__meta_kubernetes_pod_container_port_name", { regex: port, action: "keep" }),
      relabel("__meta_kubernetes_pod_phase", { regex: "Running", action: "keep" }),
      relabel("__meta_kubernetes_pod_label_app_kubernetes_io_name", { target_label: "service" }),
      relabel("__meta_kubernetes_pod_name", { target_label: "pod" }),
    ],
  };
}
