/**
 * Which records of one partition are read, done and committed. Lanes finish out of order, so the offset to commit is
 * that of the first record that is not done. After a crash no record is skipped; handlers drop repeated ones.
 */
export class PartitionProgress {
  /** Records at or after the offset to commit, in the order in which they were read, and whether each is done. */
  readonly #open = new Map<bigint, boolean>();
  /** Number of records that are read and not done. */
  pending = 0;
  #lastRead = -1n;
  #committable: bigint | undefined;
  #committed: bigint | undefined;

  /** Adds a record. False when it was read before: the client may go back to the committed offset. */
  read(offset: bigint): boolean {
    if (offset <= this.#lastRead) return false;
    this.#lastRead = offset;
    this.#open.set(offset, false);
    this.pending += 1;
    return true;
  }

  done(offset: bigint): void {
    if (this.#open.get(offset) !== false) return;
    this.#open.set(offset, true);
    this.pending -= 1;
    for (const [first, done] of this.#open) {
      if (!done) return;
      // Kafka expects the offset of the next record to read.
      this.#committable = first + 1n;
      this.#open.delete(first);
    }
  }

  /** Offset to commit, or undefined when there is nothing new. */
  get toCommit(): bigint | undefined {
    return this.#committable === this.#committed ? undefined : this.#committable;
  }

  committed(offset: bigint): void {
    this.#committed = offset;
  }
}
