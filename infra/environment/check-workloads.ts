import { nearest, watchTasks } from "@task-platform/contracts";
import { type Problem, under, unless } from "../../components/base/core/index.ts";
import { nodeRoom } from "../../components/cluster/node-pools/index.ts";
import { checkWorkloadSettings, cpuMillis, memoryBytes } from "../../components/cluster/workload/index.ts";
import { originReadTimeoutSeconds } from "../../components/network/distribution/index.ts";
import { connectionProblems } from "../../components/stores/postgres-engine/index.ts";
import type { EnvironmentSpec } from "../../stacks/index.ts";
import { featuresOf } from "./features.ts";
import { connectionPools, type RoleFacts, settingsOf, stoppedRoles } from "./roles.ts";

/** Everything wrong with the workloads of a spec, held against the roles of the software. */
export function workloadsProblems(spec: EnvironmentSpec, roles: readonly RoleFacts[]): Problem[] {
  // Roles without settings are reported; the others are checked all the same.
  const known = roles.filter(({ key }) => Object.hasOwn(spec.workloads, key));
  return [
    ...workloadKeyProblems(spec, roles),
    ...known.flatMap((role) => roleProblems(spec, role)),
    ...nodeRoomProblems(spec, known),
    ...stateProblems(spec, known),
    ...streamsProblems(spec),
    ...under(
      "workloads",
      connectionProblems({
        instanceClass: spec.postgres.instanceClass,
        pools: connectionPools(spec, known),
      }),
    ),
  ];
}

/** A spec has settings for each role of the software and for nothing else. */
function workloadKeyProblems({ workloads }: EnvironmentSpec, roles: readonly RoleFacts[]): Problem[] {
  const known = roles.map(({ key }) => key);
  const unknown = Object.keys(workloads).filter((key) => !known.includes(key));
  const missing = known.filter((key) => !Object.hasOwn(workloads, key));
  return [
    ...unknown.map((key) => {
      const meant = nearest(key, known);
      return {
        argument: `workloads.${key}`,
        given: "settings of a role that does not exist",
        allowed: known.join(", "),
        fix: meant ? `did you mean workloads.${meant}?` : "remove it, or add the role to infra/workloads",
      };
    }),
    ...missing.map((key) => ({
      argument: `workloads.${key}`,
      given: "nothing",
      allowed: "settings for every role",
      fix: 'add it; use state "stopped" where the role is not to run yet',
    })),
  ];
}

function roleProblems(spec: EnvironmentSpec, { key, mostReplicas, nodePool }: RoleFacts): Problem[] {
  const settings = settingsOf(spec, key);
  const limits = {
    zones: spec.network.zones.length,
    ...(mostReplicas === undefined ? {} : { maxConsumers: mostReplicas }),
  };
  const problems = [...checkWorkloadSettings(settings, limits)];
  const { minNodes, maxNodes } = spec.cluster.nodeGroups[nodePool];
  // A required spread puts no two replicas on one host. A replica beyond the number of hosts would stay pending.
  if (settings.zoneSpread === "require" && settings.maxReplicas > maxNodes) {
    problems.push({
      argument: "maxReplicas",
      given: `${settings.maxReplicas} on hosts of their own`,
      allowed: `at most ${maxNodes}, cluster.nodeGroups.${nodePool}.maxNodes`,
      fix: "raise maxNodes, lower maxReplicas, or prefer the spread",
    });
  }
  if (settings.zoneSpread === "require" && settings.minReplicas > minNodes) {
    problems.push({
      argument: "minReplicas",
      given: `${settings.minReplicas} on hosts of their own`,
      allowed: `at most ${minNodes}, cluster.nodeGroups.${nodePool}.minNodes`,
      fix: "raise minNodes: the first deploy would wait for nodes that nothing starts",
    });
  }
  return under(`workloads.${key}`, problems);
}

/** A primary runs every role. A standby may stop the roles that an operator starts during a failover. */
function stateProblems(spec: EnvironmentSpec, roles: readonly RoleFacts[]): Problem[] {
  return stoppedRoles(spec, roles)
    .filter(({ mustRun }) => spec.role === "primary" || mustRun.on === "everywhere")
    .map(({ key, mustRun }) => ({
      argument: `workloads.${key}.state`,
      given: `"stopped" with role "${spec.role}"`,
      allowed: mustRun.on === "everywhere" ? '"running"' : '"running", or "stopped" with role "standby"',
      fix: `run it: ${mustRun.because}`,
    }));
}

/**
 * Node types that cannot hold one replica of every role of their node pool. With replicas on hosts of their own, each
 * node holds exactly that. A pod that fits no node stays pending for ever, and the node autoscaler starts no node for it.
 * Stopped roles count too.
 */
function nodeRoomProblems(spec: EnvironmentSpec, roles: readonly RoleFacts[]): Problem[] {
  const nodePools = [...new Set(roles.map((role) => role.nodePool))];
  return nodePools.flatMap((nodePool) => {
    const keys = roles.filter((role) => role.nodePool === nodePool).map(({ key }) => key);
    const requests = keys.map((key) => settingsOf(spec, key).requests);
    const wanted = {
      cpuMillis: sum(requests.map(({ cpu }) => cpuMillis(cpu) ?? 0)),
      memoryMiB: sum(requests.map(({ memory }) => (memoryBytes(memory) ?? 0) / 1024 ** 2)),
    };
    return spec.cluster.nodeGroups[nodePool].instanceTypes.flatMap((type) => {
      const room = nodeRoom(type);
      if (!room || (room.cpuMillis >= wanted.cpuMillis && room.memoryMiB >= wanted.memoryMiB)) return [];
      return [
        {
          argument: `cluster.nodeGroups.${nodePool}.instanceTypes`,
          given: `"${type}", with room for ${room.cpuMillis}m and ${room.memoryMiB}Mi`,
          allowed: `room for one replica of ${keys.join(" and ")}: ${wanted.cpuMillis}m and ${wanted.memoryMiB}Mi`,
          fix: "choose a larger type, or lower the requests of the workloads",
        },
      ];
    });
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Seconds that a heartbeat may arrive late: a busy process, a lost packet that is sent again. */
const slackSeconds = 5;

/**
 * A quiet stream is ended by the first server on its way that waits no longer, so every wait must be longer than the time
 * between two heartbeats.
 */
function streamsProblems(spec: EnvironmentSpec): Problem[] {
  const least = watchTasks.heartbeatSeconds + slackSeconds;
  const { idleTimeoutSeconds } = spec.edge;
  return [
    ...unless(idleTimeoutSeconds >= least, {
      argument: "edge.idleTimeoutSeconds",
      given: String(idleTimeoutSeconds),
      allowed: `${least} or more: a quiet stream gets a heartbeat every ${watchTasks.heartbeatSeconds} s, and may get it ${slackSeconds} s late`,
      fix: "use 60, or a shorter heartbeatSeconds in apps/contracts",
    }),
    ...unless(!featuresOf(spec).behindDistribution || originReadTimeoutSeconds >= least, {
      argument: "distribution",
      given: `an origin read time-out of ${originReadTimeoutSeconds} s`,
      allowed: `${least} s or more, for the heartbeat of ${watchTasks.heartbeatSeconds} s`,
      fix: "use a shorter heartbeatSeconds in apps/contracts",
    }),
  ];
}
