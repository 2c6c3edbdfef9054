import { nameOf, type OutputContext, type OutputTable, uuidOf } from "./table.ts";

/** MSK: names, ARNs and one address per broker. */
export const kafkaOutputs = {
  "aws:msk/cluster:Cluster": (r) => ({
    clusterName: clusterName(r),
    clusterUuid: uuid(r),
    arn: r.arn("kafka", `cluster/${clusterName(r)}/${uuid(r)}`),
    bootstrapBrokersSaslIam: Array.from({ length: Number(r.inputs.numberOfBrokerNodes) }, (_, at) => at + 1)
      .map((id) => `b-${id}.${clusterName(r)}.${r.hash.slice(0, 6)}.c1.kafka.${r.region}.amazonaws.com:9098`)
      .join(","),
  }),
  "aws:msk/configuration:Configuration": (r) => ({
    latestRevision: 1,
    arn: r.arn("kafka", `configuration/${r.name}-${r.hash.slice(0, 7)}/${uuid(r)}`),
  }),
  "aws:msk/topic:Topic": (r) => ({
    arn: `${String(r.inputs.clusterArn).replace(":cluster/", ":topic/")}/${String(r.inputs.name)}`,
    name: r.inputs.name,
  }),
  "aws:msk/replicator:Replicator": (r) => ({
    arn: r.arn("kafka", `replicator/${String(r.inputs.replicatorName)}/${uuid(r)}`),
    // Metrics use these names for the two clusters. The service computes them from the names of the clusters.
    replicationInfoList: {
      ...(r.inputs.replicationInfoList as Record<string, unknown>),
      sourceKafkaClusterAlias: `source-${r.hash}`,
      targetKafkaClusterAlias: `target-${r.hash}`,
    },
  }),
  "aws:appautoscaling/target:Target": (r) => ({
    resourceId: r.inputs.resourceId,
    serviceNamespace: r.inputs.serviceNamespace,
    scalableDimension: r.inputs.scalableDimension,
  }),
} satisfies OutputTable;

function clusterName(r: OutputContext): string {
  return nameOf(r, "clusterName");
}

function uuid(r: OutputContext): string {
  return `${uuidOf(r)}-1`;
}
