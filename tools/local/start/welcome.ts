import { ports, probePaths, restApi, taskService } from "@task-platform/contracts";
import type { Addresses } from "../back-ends/index.ts";
import type { Pod } from "../pods/index.ts";

/** Content of the text that `npm start` prints when everything runs. */
export interface Welcome {
  readonly apiUrl: string;
  readonly token: string;
  readonly addresses: Required<Addresses>;
  readonly pods: readonly Pod[];
  /** Folder with the logs of every process. */
  readonly logs: string;
  /** Folder that is kept; undefined when nothing is. */
  readonly keptData: string | undefined;
}

/** Addresses, a token and calls to copy. */
export function welcome({ apiUrl, token, addresses, pods, logs, keptData }: Welcome): string {
  const { postgres, redis, kafka, registryUrl } = addresses;
  const grpc = pods.map(({ spec }) => spec.ports.grpc).find((port) => port !== undefined);
  const rows: readonly (readonly [string, string])[] = [
    ["task API", `${apiUrl}, to look at: ${apiUrl}${restApi.docsPath}`],
    ...(grpc === undefined ? [] : [["task API, gRPC", `127.0.0.1:${grpc}`] as const]),
    ...pods.map((pod) => [pod.spec.name, `health and metrics at ${adminUrl(pod)}`] as const),
    ["PostgreSQL", `postgres://${postgres.user}@${postgres.host}:${postgres.port}/tasks`],
    ["Redis", `redis://${redis.host}:${redis.port}`],
    ["Kafka", kafka.brokers.join(",")],
    ["schema registry", registryUrl],
    ["logs", logs],
    ...(keptData === undefined ? [] : [["kept data", keptData] as const]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `
${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join("\n")}

  A token of the user "developer", valid for 12 hours:

export TOKEN=${token}

  Calls to try:

curl -sSw '\\n' ${apiUrl}/v1/tasks -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d '{"title":"write it down"}'
curl -sSw '\\n' ${apiUrl}/v1/tasks -H "Authorization: Bearer $TOKEN"
ID=$(curl -sS "${apiUrl}/v1/tasks?limit=1" -H "Authorization: Bearer $TOKEN" | node -p 'JSON.parse(fs.readFileSync(0)).tasks[0].id')
curl -sSw '\\n' ${apiUrl}/v1/tasks/$ID/activity -H "Authorization: Bearer $TOKEN"
curl -sSw '\\n' ${apiUrl}/v1/statistics -H "Authorization: Bearer $TOKEN"
${grpc === undefined ? "" : grpcCall(grpc)}
  Ctrl-C stops everything.

`;
}

/** buf comes with the project, and the proto file is in it. */
function grpcCall(port: number): string {
  return `npx buf curl --schema apps/contracts/proto --protocol grpc --http2-prior-knowledge -H "Authorization: Bearer $TOKEN" -d '{}' http://127.0.0.1:${port}/${taskService.name}/ListTasks
`;
}

function adminUrl(pod: Pod): string {
  return `http://127.0.0.1:${pod.spec.ports.admin ?? ports.admin}${probePaths.ready}`;
}
