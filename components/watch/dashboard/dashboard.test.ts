import { expect, test } from "vitest";
import { planProgram } from "../../../tools/plan/index.ts";
import { Dashboard } from "./index.ts";
import { type PlatformNames, platformSections } from "./sections.ts";
import { dashboardBody } from "./widgets.ts";

const names: PlatformNames = {
  loadBalancer: "app/api/1",
  database: "task-test-database",
  cacheNodes: ["task-test-queue-001", "task-test-queue-002"],
  kafkaCluster: "events",
  brokers: 3,
  consumerGroups: [{ name: "task-processor", topics: ["task-events"] }],
  maxConnections: 400,
};

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly unknown[];
    readonly region?: string;
  };
}

const widgetsOf = (body: string): readonly Widget[] => (JSON.parse(body) as { widgets: Widget[] }).widgets;
const widgets = widgetsOf(dashboardBody(platformSections(names), "us-east-1"));

test("No two widgets overlap, and none exceeds the width of the dashboard", () => {
  const cells = new Set<string>();
  for (const { x, y, width, height } of widgets) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let row = y; row < y + height; row += 1) {
        expect(cells.has(`${column},${row}`)).toBe(false);
        cells.add(`${column},${row}`);
      }
    }
  }
});

test("Every node and every broker has a line, and every consumer group has its lag", () => {
  const linesOf = (title: string) =>
    widgets.find(({ properties }) => properties.title === title)?.properties.metrics?.length;
  expect(linesOf("Memory, percent")).toBe(2);
  expect(linesOf("Disk, percent")).toBe(3);
  expect(
    widgets.find(({ properties }) => properties.title === "Behind, seconds")?.properties.metrics,
  ).toEqual([
    [
      "AWS/Kafka",
      "EstimatedMaxTimeLag",
      "Cluster Name",
      "events",
      "Consumer Group",
      "task-processor",
      "Topic",
      "task-events",
      { stat: "Maximum", label: "task-processor on task-events" },
    ],
  ]);
});

test("Graphs show metrics of the region of the environment", () => {
  const regions = widgets.filter(({ type }) => type === "metric").map(({ properties }) => properties.region);
  expect(new Set(regions)).toEqual(new Set(["us-east-1"]));
});

test("The dashboard has its fixed name and the names that AWS generated", async () => {
  const plan = await planProgram(
    () => void new Dashboard("dashboard", { dashboardName: "task-test", region: "us-east-1", names }),
  );
  const { inputs } = plan.one("aws:cloudwatch/dashboard:Dashboard");
  expect(inputs.dashboardName).toBe("task-test");
  expect(widgetsOf(String(inputs.dashboardBody))).toEqual(widgets);
});
