const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;
const shift = 24;

/** MurmurHash2 as in Kafka's Java client: a signed 32-bit number. */
function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = seed ^ length;
  const whole = length - (length % 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  for (let index = 0; index < whole; index += 4) {
    let word = Math.imul(view.getInt32(index, true), multiplier);
    word ^= word >>> shift;
    hash = Math.imul(hash, multiplier) ^ Math.imul(word, multiplier);
  }
  // The last one to three bytes, most significant first.
  for (let index = length - 1; index >= whole; index -= 1) {
    hash ^= view.getUint8(index) << (8 * (index - whole));
    if (index === whole) hash = Math.imul(hash, multiplier);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, multiplier);
  return hash ^ (hash >>> 15);
}

/**
 * Partition of a key, the same that Java clients choose. It is also the shard in the outbox: each shard feeds exactly
 * one partition, so one writer per shard keeps the order per key.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}
