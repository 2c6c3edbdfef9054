import { Connection } from "./connection.ts";

interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** The bytes of the requests, which are sent in turn. */
  readonly requests: readonly Buffer[];
}

/** What a load found. Times are in milliseconds. */
export interface LoadResult {
  readonly perSecond: number;
  readonly p99: number;
  readonly failed: number;
  /** Requests that were sent, those of the warm-up included. */
  readonly sent: number;
}

/** Sends one request after another on each connection for a number of seconds, after a tenth of that as a warm-up. */
export async function load({ port, connections, seconds, requests }: Load): Promise<LoadResult> {
  const begun = performance.now() + seconds * 100;
  const end = begun + seconds * 1_000;
  const times: number[] = [];
  let failed = 0;
  let sent = 0;
  const run = async (): Promise<void> => {
    let connection = await Connection.open(port);
    while (performance.now() < end) {
      const at = performance.now();
      const request = requests[sent % requests.length] ?? Buffer.alloc(0);
      sent += 1;
      const status = await connection.send(request).catch(() => undefined);
      if (status === undefined) {
        connection.close();
        connection = await Connection.open(port);
      }
      if (at < begun) continue;
      if (status !== undefined && status < 300) times.push(performance.now() - at);
      else failed += 1;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, run));
  return { perSecond: times.length / seconds, p99: percentile(times, 0.99), failed, sent };
}

/** The value below which this part of the values is; 0 without values. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
