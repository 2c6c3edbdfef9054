/** The size of an instance class. */
export interface InstanceClass {
  readonly memoryGiB: number;
  readonly vcpus: number;
}

/** Current Graviton classes for PostgreSQL; older ones cost more for less. `db.t4g` is for dev. */
export const instanceClasses: Readonly<Record<string, InstanceClass>> = {
  "db.t4g.micro": { memoryGiB: 1, vcpus: 2 },
  "db.t4g.small": { memoryGiB: 2, vcpus: 2 },
  "db.t4g.medium": { memoryGiB: 4, vcpus: 2 },
  "db.t4g.large": { memoryGiB: 8, vcpus: 2 },
  "db.m7g.large": { memoryGiB: 8, vcpus: 2 },
  "db.m7g.xlarge": { memoryGiB: 16, vcpus: 4 },
  "db.m7g.2xlarge": { memoryGiB: 32, vcpus: 8 },
  "db.m8g.large": { memoryGiB: 8, vcpus: 2 },
  "db.m8g.xlarge": { memoryGiB: 16, vcpus: 4 },
  "db.m8g.2xlarge": { memoryGiB: 32, vcpus: 8 },
  "db.r7g.large": { memoryGiB: 16, vcpus: 2 },
  "db.r7g.xlarge": { memoryGiB: 32, vcpus: 4 },
  "db.r7g.2xlarge": { memoryGiB: 64, vcpus: 8 },
  "db.r7g.4xlarge": { memoryGiB: 128, vcpus: 16 },
  "db.r8g.large": { memoryGiB: 16, vcpus: 2 },
  "db.r8g.xlarge": { memoryGiB: 32, vcpus: 4 },
  "db.r8g.2xlarge": { memoryGiB: 64, vcpus: 8 },
  "db.r8g.4xlarge": { memoryGiB: 128, vcpus: 16 },
};

/**
 * By default RDS allows one connection per 9,531,392 bytes of the memory that the hypervisor leaves, about 112 per GiB,
 * and the exact number is known only after boot. 100 per GiB is below that on every class. The parameter group sets it,
 * so the checks use the number that really applies.
 */
const connectionsPerGiB = 100;

/** The default of RDS has the same maximum. */
const mostConnections = 5000;

/** The `max_connections` of a class in the parameter group. */
export function maxConnections(instanceClass: InstanceClass): number {
  return Math.min(instanceClass.memoryGiB * connectionsPerGiB, mostConnections);
}

/** From 400 GiB on, RDS stripes gp3 over four volumes, and the included rate rises from 3,000 to 12,000 per second. */
export function includedIops(storageGiB: number): number {
  return storageGiB >= 400 ? 12_000 : 3000;
}
