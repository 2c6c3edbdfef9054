/**
 * The most partitions, replicas included, that AWS recommends for one Standard broker (MSK developer guide, "Best
 * practices for Standard brokers"). With more, the service may refuse upgrades and configuration changes.
 * Express classes are left out: they accept no storage settings, and this block has some.
 */
const partitionsBySize: Readonly<Record<string, number>> = {
  large: 1000,
  xlarge: 1000,
  "2xlarge": 2000,
  "4xlarge": 4000,
  "8xlarge": 4000,
  "12xlarge": 4000,
  "16xlarge": 4000,
};

/** The broker classes of this block, by instance type, with the most partitions per broker. */
export const brokerClasses: Readonly<Record<string, number>> = {
  "kafka.t3.small": 300,
  ...bySize("kafka.m5"),
  "kafka.m5.24xlarge": 4000,
  ...bySize("kafka.m7g"),
};

function bySize(family: string): Record<string, number> {
  return Object.fromEntries(
    Object.entries(partitionsBySize).map(([size, count]) => [`${family}.${size}`, count]),
  );
}
