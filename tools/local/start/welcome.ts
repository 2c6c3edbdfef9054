import { ports, probePaths } from "@task-platform/contracts";
import type { Addresses } from "../back-ends/index.ts";
import type { Pod } from "../pods/index.ts";

/** Content of the text that `npm start` prints when everything runs. */
export interface Welcome {
  readonly apiUrl: string;
  readonly token: string;
  readonly addresses: Required<Addresses>;
  readonly pods: readonly Pod[];
}

/** Addresses, a token and calls to copy. */
export function welcome({ apiUrl, token, addresses, pods }: Welcome): string {
  const { postgres, redis, kafka, registryUrl } = addresses;
  const rows: readonly (readonly [string, string])[] = [
    ["task API", apiUrl],
    ...pods.flatMap(({ spec }) =>
      spec.ports.grpc === undefined ? [] : [["task API, gRPC", `127.0.0.1:${spec.ports.grpc}`] as const],
    ),
    ...pods.map((pod) => [pod.spec.name, `health and metrics at ${adminUrl(pod)}`] as const),
    ["PostgreSQL", `postgres://${postgres.user}@${postgres.host}:${postgres.port}/tasks`],
    ["Redis", `redis://${redis.host}:${redis.port}`],
    ["Kafka", kafka.brokers.join(",")],
    ["schema registry", registryUrl],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `
${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n")}

  A token of the user "developer", valid for 12 hours:

export TOKEN=${token}

  Calls to try:

curl -sS ${apiUrl}/v1/tasks -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title":"write it down"}'
curl -sS ${apiUrl}/v1/tasks -H "Authorization: Bearer $TOKEN"
curl -sS ${apiUrl}/v1/tasks/ID/activity -H "Authorization: Bearer $TOKEN"

  Ctrl-C stops everything.

`;
}

function adminUrl(pod: Pod): string {
  return `http://127.0.0.1:${pod.spec.ports.admin ?? ports.admin}${probePaths.ready}`;
}
