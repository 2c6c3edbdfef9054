import { planEnvironment } from "../../plan/index.ts";
import type { Addresses } from "../back-ends/index.ts";
import { type Manifests, readManifests } from "../manifests/index.ts";
import type { Issuer } from "./issuer.ts";

/** The plan of dev when its data stores are the back ends of this machine. */
export interface DevPlan {
  readonly manifests: Manifests;
  /** Audience of the tokens, from the stack file. */
  readonly audience: string;
}

/** Runs the real program. It replaces only values that a provider or an operator would give: endpoints and URLs. */
export async function planDev(addresses: Required<Addresses>, issuer: Issuer): Promise<DevPlan> {
  const { postgres, redis, kafka, registryUrl } = addresses;
  const plan = await planEnvironment("dev", {
    mode: "resolved",
    config: {
      schemaRegistryUrl: registryUrl,
      authIssuer: issuer.url,
      authJwksUrl: issuer.jwksUrl,
    },
    outputs: {
      "aws:rds/instance:Instance": {
        address: postgres.host,
        port: postgres.port,
        endpoint: `${postgres.host}:${postgres.port}`,
      },
      "aws:elasticache/replicationGroup:ReplicationGroup": {
        primaryEndpointAddress: redis.host,
        readerEndpointAddress: redis.host,
        port: redis.port,
      },
      "aws:msk/cluster:Cluster": { bootstrapBrokersSaslIam: kafka.brokers.join(",") },
    },
  });
  const manifests = readManifests(plan);
  return { manifests, audience: audienceOf(manifests) };
}

function audienceOf({ deployments }: Manifests): string {
  const containers = deployments.flatMap((deployment) => deployment.containers);
  const audience = containers.map(({ env }) => env.AUTH_AUDIENCE).find((value) => value !== undefined);
  if (audience === undefined)
    throw new Error("no container of the plan sets AUTH_AUDIENCE, so nothing would check tokens");
  return audience;
}
