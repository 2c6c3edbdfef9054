/** What the arithmetic needs to know of an instance class. */
export interface InstanceClass {
  readonly memoryGiB: number;
  readonly vcpus: number;
}

/** Current Graviton classes that run PostgreSQL; older ones cost more for less. `db.t4g` is for dev. */
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
 * RDS itself allows one connection for every 9,531,392 bytes of what the hypervisor leaves, about 112 a GiB, and the
 * exact number is known only after boot. 100 a GiB is below that on every class and is set, so what is checked is what runs.
 */
const connectionsPerGiB = 100;

/** Above it RDS itself stops counting up. */
const mostConnections = 5000;

/** The `max_connections` that the parameter group sets for a class. */
export function maxConnections(instanceClass: InstanceClass): number {
  return Math.min(instanceClass.memoryGiB * connectionsPerGiB, mostConnections);
}

/** gp3 on RDS stripes four volumes from 400 GiB on, and its included rate goes from 3,000 to 12,000 a second. */
export function includedIops(storageGiB: number): number {
  return storageGiB >= 400 ? 12_000 : 3000;
}
