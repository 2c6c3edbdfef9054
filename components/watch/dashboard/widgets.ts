/** One line of a graph: a CloudWatch metric with its dimensions. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "Sum" | "p99";
  readonly label: string;
}

interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  /** A horizontal line for a limit. */
  readonly limit?: { readonly label: string; readonly value: number };
}

/** A row of the dashboard: a heading, then graphs side by side. */
export interface Section {
  readonly heading: string;
  readonly graphs: readonly Graph[];
}

/** CloudWatch divides a dashboard into 24 columns. */
const columns = 24;
const headingHeight = 1;
const graphHeight = 6;

/** The dashboard as the text that CloudWatch stores: sections from top to bottom, graphs from left to right. */
export function dashboardBody(sections: readonly Section[], region: string): string {
  let y = 0;
  const widgets: unknown[] = [];
  for (const { heading, graphs } of sections) {
    widgets.push({
      type: "text",
      x: 0,
      y,
      width: columns,
      height: headingHeight,
      properties: { markdown: `## ${heading}` },
    });
    y += headingHeight;
    const width = Math.floor(columns / graphs.length);
    graphs.forEach((graph, index) => {
      widgets.push({
        type: "metric",
        x: index * width,
        y,
        width,
        height: graphHeight,
        properties: graphProperties(graph, region),
      });
    });
    y += graphHeight;
  }
  return JSON.stringify({ widgets });
}

function graphProperties(graph: Graph, region: string): Record<string, unknown> {
  return {
    title: graph.title,
    view: "timeSeries",
    region,
    period: 60,
    metrics: graph.metrics.map((metric) => [
      metric.namespace,
      metric.name,
      ...Object.entries(metric.dimensions).flat(),
      { stat: metric.statistic, label: metric.label },
    ]),
    yAxis: { left: { min: 0 } },
    ...(graph.limit ? { annotations: { horizontal: [graph.limit] } } : {}),
  };
}
