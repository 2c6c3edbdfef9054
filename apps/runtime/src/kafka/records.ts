/** A record to send. */
export interface OutgoingRecord {
  readonly topic: string;
  /** Always set by the sender: client libraries hash keys differently from Java. */
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | Buffer>>;
}

/** A record that was read, unchanged. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyMap<string, Buffer>;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/** Text of a header; undefined when it is absent. */
export function headerText(record: ReceivedRecord, header: string): string | undefined {
  return record.headers.get(header)?.toString("utf8");
}
