import { parse } from "yaml";
import { inside, type Model } from "../model.ts";
import { chartPods, controlPlaneOf, podsOf, scrapersOf } from "../places/index.ts";
import type { Expectation, Inside } from "../types.ts";
import { https, reach } from "./reach.ts";

interface ScrapeJob {
  readonly kubernetes_sd_configs: readonly { readonly namespaces: { readonly names: readonly string[] } }[];
  readonly relabel_configs: readonly { readonly source_labels: readonly string[]; readonly regex?: string }[];
}

/** The collector finds pods by the API server and reads the named port of each. */
export function metrics(model: Model): Expectation[] {
  return scrapersOf(model).flatMap(({ place, configuration }) => {
    const { scrape_configs } = parse(configuration) as { readonly scrape_configs: readonly ScrapeJob[] };
    const targets = scrape_configs.flatMap((job) => scraped(model, job));
    return [
      reach("metrics: discovery", place, controlPlaneOf(model), https),
      ...targets.map((target) => reach("a metric", place, target.place, target.port)),
    ];
  });
}

/** @throws Error when a job finds no pod: its alerts would fire all the time. */
function scraped(model: Model, job: ScrapeJob): { readonly place: Inside; readonly port: number }[] {
  const wanted = job.kubernetes_sd_configs.flatMap(({ namespaces }) => namespaces.names);
  const port = job.relabel_configs.find(({ source_labels }) =>
    source_labels.includes("__meta_kubernetes_pod_container_port_name"),
  )?.regex;
  const own = podsOf(model).flatMap(({ place, ports }) => {
    const number = port === undefined ? undefined : ports[port];
    return wanted.includes(place.pod.namespace) && number !== undefined ? [{ place, port: number }] : [];
  });
  const foreign = model.all("kubernetes:helm.sh/v3:Release").flatMap(({ inputs }) => {
    const number = inside(inputs, "values", port ?? "", "listen").port;
    const place = chartPods(model)[String(inputs.chart)];
    return place && wanted.includes(String(inputs.namespace)) && typeof number === "number"
      ? [{ place, port: number }]
      : [];
  });
  const found = [...own, ...foreign];
  if (found.length === 0) throw new Error(`scrape job of ${wanted.join(", ")}: no pod has a port "${port}"`);
  return found;
}
