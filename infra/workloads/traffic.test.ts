import { expect, test } from "vitest";
import { rawConfig } from "../environment/test/raw-config.ts";
import { checkEnvironment } from "../program.ts";
import { trafficOf, workerEgress } from "./traffic.ts";

/** What the workers may reach with a schema registry of this URL. */
function reachWith(config: Readonly<Record<string, string>>) {
  const { environment } = checkEnvironment("dev", { ...rawConfig, ...config });
  if (environment === undefined) throw new Error("the stack file is wrong");
  const traffic = trafficOf(environment);
  return { ...traffic, worker: workerEgress(traffic) };
}

test("a schema registry on the internet needs no rule for private addresses", () => {
  expect(reachWith({ schemaRegistryUrl: "https://registry.acme.io" }).toSchemaRegistry).toEqual([]);
  expect(reachWith({ schemaRegistryUrl: "https://registry.acme.io:8443" }).toSchemaRegistry).toMatchObject([
    { ports: [8443], cidrs: ["0.0.0.0/0"], except: expect.arrayContaining(["10.0.0.0/8"]) },
  ]);
});

test("a schema registry in a private network is reached in its ranges only", () => {
  const config = {
    schemaRegistryUrl: "https://registry.acme.io",
    schemaRegistryCidrs: '["10.90.8.0/28"]',
  };
  const { toSchemaRegistry, worker } = reachWith(config);
  expect(toSchemaRegistry).toEqual([{ ports: [443], cidrs: ["10.90.8.0/28"] }]);
  expect(worker).toEqual(expect.arrayContaining([...toSchemaRegistry]));
});

test("a schema registry in the cluster is reached by its namespace only", () => {
  expect(
    reachWith({ schemaRegistryUrl: "http://registry.tools.svc.cluster.local:8080/apis" }).toSchemaRegistry,
  ).toEqual([{ ports: [8080], cidrs: [], namespaces: ["tools"] }]);
});

test("no rule of a worker covers an address of the network but the stores", () => {
  const { worker } = reachWith({ schemaRegistryUrl: "https://registry.acme.io" });
  const inside = worker.filter(({ cidrs }) => cidrs.some((cidr) => cidr.startsWith("10.")));
  expect(inside.map(({ ports }) => ports)).toEqual([[5432], [9098]]);
});
