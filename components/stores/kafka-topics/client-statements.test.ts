import { expect, test } from "vitest";
import { clientStatements } from "./client-statements.ts";

const cluster = "arn:aws:kafka:us-east-1:111122223333:cluster/events/0a1b2c3d-1";
const topic = "arn:aws:kafka:us-east-1:111122223333:topic/events/0a1b2c3d-1";
const group = "arn:aws:kafka:us-east-1:111122223333:group/events/0a1b2c3d-1";

test("a producer may connect, write idempotently and write its topics, and read nothing", () => {
  expect(clientStatements(cluster, { produces: ["task-events"], consumes: [], groups: [] })).toEqual([
    { sid: "KafkaConnect", actions: ["kafka-cluster:Connect"], resources: [cluster] },
    { sid: "KafkaIdempotence", actions: ["kafka-cluster:WriteDataIdempotently"], resources: [cluster] },
    {
      sid: "KafkaProduce",
      actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
      resources: [`${topic}/task-events`],
    },
  ]);
});

test("a consumer may read its topics and commit in its groups, and write nothing", () => {
  expect(clientStatements(cluster, { produces: [], consumes: ["b", "a"], groups: ["workers"] })).toEqual([
    { sid: "KafkaConnect", actions: ["kafka-cluster:Connect"], resources: [cluster] },
    {
      sid: "KafkaConsume",
      actions: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
      resources: [`${topic}/a`, `${topic}/b`],
    },
    {
      sid: "KafkaGroups",
      actions: ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
      resources: [`${group}/workers`],
    },
  ]);
});

test("no action and no resource has a wildcard, whatever the access", () => {
  const all = clientStatements(cluster, { produces: ["a"], consumes: ["b"], groups: ["c"] });
  expect(JSON.stringify(all)).not.toContain("*");
});

test("an ARN that is not the ARN of a cluster is refused", () => {
  const access = { produces: ["a"], consumes: [], groups: [] };
  expect(() => clientStatements("arn:aws:kafka:us-east-1:111122223333:topic/x/y", access)).toThrow(
    'clusterArn: got "arn:aws:kafka:us-east-1:111122223333:topic/x/y"; allowed: arn:aws:kafka:<region>:<account>:cluster/<name>/<uuid>',
  );
});
