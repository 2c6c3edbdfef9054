/**
 * What of one partition is read, done and may be committed. Lanes finish out of order, so the offset to commit is that
 * of the first record that is not done: after a crash nothing is skipped, and what was done twice is the reader's to drop.
 */
export class PartitionProgress {
  /** Read and not yet passed by the committable offset, in order of reading. */
  readonly #open: { readonly offset: bigint; done: boolean }[] = [];
  /** Records that are read and not done. */
  pending = 0;
  #lastRead = -1n;
  #committable: bigint | undefined;
  #committed: bigint | undefined;

  /** Takes note of a record; false when it was read before, as happens after the client goes back to the committed offset. */
  read(offset: bigint): boolean {
    if (offset <= this.#lastRead) return false;
    this.#lastRead = offset;
    this.#open.push({ offset, done: false });
    this.pending += 1;
    return true;
  }

  done(offset: bigint): void {
    const entry = this.#open.find((candidate) => candidate.offset === offset);
    if (entry === undefined || entry.done) return;
    entry.done = true;
    this.pending -= 1;
    while (this.#open[0]?.done === true) {
      // The offset to commit is the next one to read, as Kafka counts.
      this.#committable = this.#open[0].offset + 1n;
      this.#open.shift();
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
